using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Protocol.Messages.Layouts;

/// <summary>u8 more: 1 when files follow after these; ids (see <see cref="ListedFiles"/>).</summary>
internal static class ListLayout
{
    public const int Size = 1;

    public static PeerMessage Read(ReadOnlySpan<byte> fields, int length)
    {
        ProtocolException.ThrowIf(fields[0] > 1, ProtocolCode.Malformed);
        return PeerMessage.List(0, length / Content.Identity.FileId.Size, hasMore: fields[0] == 1);
    }

    public static void Write(in PeerMessage message, Span<byte> fields) =>
        fields[0] = message.HasMore ? (byte)1 : (byte)0;
}
