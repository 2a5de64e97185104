using System.Buffers.Binary;
using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Protocol.Messages.Layouts;

/// <summary>u32 offset; u32 total length; bytes.</summary>
internal static class ManifestDataLayout
{
    public const int Size = 8;

    public static PeerMessage Read(ReadOnlySpan<byte> fields, int length)
    {
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(fields);
        var total = BinaryPrimitives.ReadUInt32LittleEndian(fields[4..]);
        ProtocolException.ThrowIf(
            total > PeerMessage.MaxManifestLength || offset > total || length > total - offset || length == 0,
            ProtocolCode.Malformed);
        return PeerMessage.ManifestData(0, offset, total, length);
    }

    public static void Write(in PeerMessage message, Span<byte> fields)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(fields, message.Offset);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[4..], message.Total);
    }
}
