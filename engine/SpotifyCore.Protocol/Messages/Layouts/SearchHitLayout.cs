using System.Buffers.Binary;

namespace SpotifyCore.Protocol.Messages.Layouts;

/// <summary>u64 query; u8 count; addresses (see <see cref="HitAddresses"/>).</summary>
internal static class SearchHitLayout
{
    public const int Size = 9;

    public static PeerMessage Read(ReadOnlySpan<byte> fields, int length) =>
        PeerMessage.SearchHit(BinaryPrimitives.ReadUInt64LittleEndian(fields), fields[8], length);

    public static void Write(in PeerMessage message, Span<byte> fields)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(fields, message.Query);
        fields[8] = (byte)message.Count;
    }
}
