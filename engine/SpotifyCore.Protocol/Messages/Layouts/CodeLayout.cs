using System.Buffers.Binary;
using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Protocol.Messages.Layouts;

/// <summary>Refusal, error and go-away: u16 code; text in UTF-8.</summary>
internal static class CodeLayout
{
    public const int Size = 2;

    public static PeerMessage Read(PeerMessageKind kind, ReadOnlySpan<byte> fields) => new()
    {
        Kind = kind,
        Code = (ProtocolCode)BinaryPrimitives.ReadUInt16LittleEndian(fields),
    };

    public static void Write(in PeerMessage message, Span<byte> fields) =>
        BinaryPrimitives.WriteUInt16LittleEndian(fields, (ushort)message.Code);
}
