using System.Buffers.Binary;
using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Protocol.Messages.Layouts;

/// <summary>Busy: u32 milliseconds. Not-found: u32 chunk.</summary>
internal static class NumberLayout
{
    public const int Size = 4;

    public static PeerMessage ReadBusy(ReadOnlySpan<byte> fields) =>
        PeerMessage.Busy(0, BinaryPrimitives.ReadUInt32LittleEndian(fields));

    public static PeerMessage ReadNotFound(ReadOnlySpan<byte> fields)
    {
        var chunk = BinaryPrimitives.ReadUInt32LittleEndian(fields);
        ProtocolException.ThrowIf(chunk >= PeerMessage.MaxChunks, ProtocolCode.BadRange);
        return PeerMessage.NotFound(0, chunk);
    }

    public static void Write(uint number, Span<byte> fields) =>
        BinaryPrimitives.WriteUInt32LittleEndian(fields, number);
}
