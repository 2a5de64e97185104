using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>Asks what is held of a file.</summary>
internal sealed class HaveCall : ClientCall<HaveKind>
{
    public HaveCall(FileId file) => Request = PeerMessage.RequestHave(0, file);

    public override void Take(in PeerMessage answer, ReadOnlySpan<byte> payload, bool ends) =>
        Finish(answer.Kind == PeerMessageKind.Have ? answer.Holding : HaveKind.None);

    protected override HaveKind WithoutAnswer(ProtocolCode code) => HaveKind.None;
}
