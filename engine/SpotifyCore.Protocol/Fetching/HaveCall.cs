using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>Asks what is held of a file; null when the server does not say.</summary>
internal sealed class HaveCall : ClientCall<HaveKind?>
{
    public HaveCall(FileId file) => Request = PeerMessage.RequestHave(0, file);

    public override void Take(in PeerMessage answer, ReadOnlySpan<byte> payload, bool ends) =>
        Finish(answer.Kind == PeerMessageKind.Have ? answer.Holding : null);

    protected override HaveKind? WithoutAnswer(ProtocolCode code) => null;
}
