using System.Buffers.Binary;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Protocol.Messages.Layouts;

/// <summary>
/// 16 bytes file; u32 first chunk; u16 count; u8 priority; u8 flags (bit 0: local only); u32 milliseconds.
/// </summary>
internal static class ChunkRequestLayout
{
    public const int Size = FileId.Size + 12;

    public static PeerMessage Read(ReadOnlySpan<byte> fields)
    {
        var first = BinaryPrimitives.ReadUInt32LittleEndian(fields[16..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(fields[20..]);
        ProtocolException.ThrowIf(
            count is 0 or > PeerMessage.MaxChunksPerRequest || first > PeerMessage.MaxChunks - count,
            ProtocolCode.BadRange);
        return PeerMessage.RequestChunks(
            0,
            FileId.Read(fields),
            first,
            count,
            WireEnums.Priority(fields[22]),
            BinaryPrimitives.ReadUInt32LittleEndian(fields[24..]),
            WireEnums.LocalOnly(fields[23]));
    }

    public static void Write(in PeerMessage message, Span<byte> fields)
    {
        message.File.Write(fields);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[16..], message.Chunk);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[20..], (ushort)message.Count);
        fields[22] = (byte)message.Priority;
        fields[23] = message.LocalOnly ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32LittleEndian(fields[24..], message.Milliseconds);
    }
}
