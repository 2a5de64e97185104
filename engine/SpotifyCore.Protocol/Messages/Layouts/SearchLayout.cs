using System.Buffers.Binary;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Protocol.Messages.Layouts;

/// <summary>u64 query; 16 bytes file; u8 hops left.</summary>
internal static class SearchLayout
{
    public const int Size = 8 + FileId.Size + 1;

    public static PeerMessage Read(ReadOnlySpan<byte> fields)
    {
        var hops = fields[8 + FileId.Size];
        ProtocolException.ThrowIf(hops > PeerMessage.MaxHops, ProtocolCode.Malformed);
        return PeerMessage.Search(BinaryPrimitives.ReadUInt64LittleEndian(fields), FileId.Read(fields[8..]), hops);
    }

    public static void Write(in PeerMessage message, Span<byte> fields)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(fields, message.Query);
        message.File.Write(fields[8..]);
        fields[8 + FileId.Size] = message.Hops;
    }
}
