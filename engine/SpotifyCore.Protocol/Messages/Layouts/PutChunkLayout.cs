using System.Buffers.Binary;

namespace SpotifyCore.Protocol.Messages.Layouts;

/// <summary>u32 chunk; u16 offset; u16 length of the whole chunk; bytes.</summary>
internal static class PutChunkLayout
{
    public const int Size = 8;

    public static PeerMessage Read(ReadOnlySpan<byte> fields, int length)
    {
        var chunk = BinaryPrimitives.ReadUInt32LittleEndian(fields);
        var offset = BinaryPrimitives.ReadUInt16LittleEndian(fields[4..]);
        var total = BinaryPrimitives.ReadUInt16LittleEndian(fields[6..]);
        WireEnums.ThrowIfBadPiece(chunk, offset, total, length);
        return PeerMessage.PutChunk(0, chunk, offset, total, length);
    }

    public static void Write(in PeerMessage message, Span<byte> fields)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(fields, message.Chunk);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[4..], (ushort)message.Offset);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[6..], (ushort)message.Total);
    }
}
