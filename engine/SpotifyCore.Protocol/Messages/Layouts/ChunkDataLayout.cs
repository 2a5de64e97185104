using System.Buffers.Binary;
using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Protocol.Messages.Layouts;

/// <summary>u32 chunk; u16 offset; u16 length of the whole chunk; u8 tier; u8 zero; bytes.</summary>
internal static class ChunkDataLayout
{
    public const int Size = 10;

    public static PeerMessage Read(ReadOnlySpan<byte> fields, int length)
    {
        var chunk = BinaryPrimitives.ReadUInt32LittleEndian(fields);
        var offset = BinaryPrimitives.ReadUInt16LittleEndian(fields[4..]);
        var total = BinaryPrimitives.ReadUInt16LittleEndian(fields[6..]);
        WireEnums.ThrowIfBadPiece(chunk, offset, total, length);
        ProtocolException.ThrowIf(fields[9] != 0, ProtocolCode.Malformed);
        return PeerMessage.ChunkPiece(0, chunk, WireEnums.Tier(fields[8]), offset, total, length);
    }

    public static void Write(in PeerMessage message, Span<byte> fields)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(fields, message.Chunk);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[4..], (ushort)message.Offset);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[6..], (ushort)message.Total);
        fields[8] = (byte)message.Tier;
        fields[9] = 0;
    }
}
