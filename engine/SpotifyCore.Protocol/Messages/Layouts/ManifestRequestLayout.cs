using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Messages.Layouts;

/// <summary>16 bytes file; u8 priority; u8 flags (bit 0: local only).</summary>
internal static class ManifestRequestLayout
{
    public const int Size = FileId.Size + 2;

    public static PeerMessage Read(ReadOnlySpan<byte> fields) => PeerMessage.RequestManifest(
        0, FileId.Read(fields), WireEnums.Priority(fields[16]), WireEnums.LocalOnly(fields[17]));

    public static void Write(in PeerMessage message, Span<byte> fields)
    {
        message.File.Write(fields);
        fields[16] = (byte)message.Priority;
        fields[17] = message.LocalOnly ? (byte)1 : (byte)0;
    }
}
