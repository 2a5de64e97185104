using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Messages.Layouts;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>Asks which files are held; null when the server does not say.</summary>
internal sealed class ListCall : ClientCall<FilePage?>
{
    public ListCall(FileId after, int limit) => Request = PeerMessage.RequestList(0, after, limit);

    public override void Take(in PeerMessage answer, ReadOnlySpan<byte> payload, bool ends)
    {
        var files = ListedFiles.Read(payload);
        var isList = answer.Kind == PeerMessageKind.List && (files.Length == 0 || files[0].CompareTo(Request.File) > 0);
        Finish(isList ? new FilePage(files, answer.HasMore && files.Length > 0) : null);
    }

    protected override FilePage? WithoutAnswer(ProtocolCode code) => null;
}
