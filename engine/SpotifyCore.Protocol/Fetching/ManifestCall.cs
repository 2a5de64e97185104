using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>Asks for a manifest; null when there is none to be had.</summary>
internal sealed class ManifestCall : ClientCall<byte[]?>
{
    private byte[]? _bytes;

    public ManifestCall(FileId file, RequestPriority priority, bool localOnly) =>
        Request = PeerMessage.RequestManifest(0, file, priority, localOnly);

    public override void Take(in PeerMessage answer, ReadOnlySpan<byte> payload, bool ends)
    {
        if (answer.Kind == PeerMessageKind.ManifestData)
        {
            _bytes ??= new byte[answer.Total];
            payload.CopyTo(_bytes.AsSpan((int)answer.Offset));
        }

        if (ends)
            Finish(answer.Kind == PeerMessageKind.ManifestData ? _bytes : null);
    }

    protected override byte[]? WithoutAnswer(ProtocolCode code) => null;
}
