using System.Buffers.Binary;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Protocol.Messages.Layouts;

/// <summary>
/// 16 bytes file; u8 holding; u8 zero; u32 first chunk; u32 count; bitmap. First, count and bitmap are empty but for a
/// part.
/// </summary>
internal static class HaveLayout
{
    public const int Size = FileId.Size + 10;

    public static PeerMessage Read(ReadOnlySpan<byte> fields, int length)
    {
        var file = FileId.Read(fields);
        var holding = WireEnums.Holding(fields[16]);
        var first = BinaryPrimitives.ReadUInt32LittleEndian(fields[18..]);
        var count = BinaryPrimitives.ReadUInt32LittleEndian(fields[22..]);
        ProtocolException.ThrowIf(fields[17] != 0, ProtocolCode.Malformed);
        if (holding != HaveKind.Part)
        {
            ProtocolException.ThrowIf((first | count | (uint)length) != 0, ProtocolCode.Malformed);
            return PeerMessage.Have(0, file, holding);
        }

        ProtocolException.ThrowIf(
            count is 0 or > PeerMessage.MaxHaveChunks || first > PeerMessage.MaxChunks - count, ProtocolCode.BadRange);
        ProtocolException.ThrowIf(length != (count + 7) / 8, ProtocolCode.Malformed);
        return PeerMessage.HavePart(0, file, first, count);
    }

    public static void Write(in PeerMessage message, Span<byte> fields)
    {
        message.File.Write(fields);
        fields[16] = (byte)message.Holding;
        fields[17] = 0;
        BinaryPrimitives.WriteUInt32LittleEndian(fields[18..], message.Chunk);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[22..], message.Count);
    }
}
