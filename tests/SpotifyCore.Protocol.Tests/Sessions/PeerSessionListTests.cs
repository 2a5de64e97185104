using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Protocol.Tests.Sessions;

public sealed class PeerSessionListTests
{
    private const TicketScope Node = TicketScope.Fetch | TicketScope.Import | TicketScope.Node;
    private static readonly PeerMessage Request = PeerMessage.RequestList(1, new FileId(5), 3);

    [Fact]
    public void Receive_OfANode_IsDeliveredAndAnsweredOnce()
    {
        var probe = Open();

        Assert.Equal(Request, Assert.Single(probe.Receive(Request)).Message);
        Assert.NotNull(probe.Send(PeerMessage.List(1, 3, hasMore: true)));
        Assert.Null(probe.Send(PeerMessage.List(1, 3, hasMore: true)));
    }

    [Fact]
    public void Receive_WithATicketOnly_IsNotAllowed()
    {
        var answer = Assert.Single(Open(scope: TicketScope.Fetch | TicketScope.Import).Receive(Request));

        Assert.Equal(PeerMessage.Error(1, ProtocolCode.NotAllowed), answer.Message);
    }

    [Fact]
    public void Receive_WhereNothingIsListed_IsNotSupported()
    {
        var answer = Assert.Single(Open(lists: false).Receive(Request));

        Assert.Equal(PeerMessage.Error(1, ProtocolCode.NotSupported), answer.Message);
    }

    [Fact]
    public void Receive_VersionTwo_BreaksTheRules()
    {
        var probe = Open(version: 2);

        Assert.Null(probe.Send(Request));
        Assert.Equal(ProtocolCode.UnknownKind, probe.Breaks(Request));
    }

    [Fact]
    public void Answer_MoreThanAskedFor_BreaksTheRules()
    {
        var probe = Open(initiator: true);
        probe.Send(Request);

        Assert.Equal(ProtocolCode.WrongPiece, probe.Breaks(PeerMessage.List(1, 4, hasMore: false)));
    }

    [Fact]
    public void Answer_ToAnotherRequest_BreaksTheRules()
    {
        var probe = Open(initiator: true);
        probe.Send(PeerMessage.RequestHave(1, new FileId(5)));

        Assert.Equal(ProtocolCode.UnknownRequest, probe.Breaks(PeerMessage.List(1, 1, hasMore: false)));
    }

    [Fact]
    public void Have_WithTheImportScope_MayBeAsked() => Assert.Equal(
        SessionActionKind.Deliver,
        Assert.Single(Open(scope: TicketScope.Import).Receive(PeerMessage.RequestHave(1, new FileId(5)))).Kind);

    private static SessionProbe Open(
        bool initiator = false, ushort version = 3, TicketScope scope = Node, bool lists = true)
    {
        var options = new PeerSessionOptions { Role = PeerRole.Node, ListsFiles = lists };
        var probe = new SessionProbe(initiator, options);
        probe.Receive(initiator
            ? PeerMessage.HelloReply(version, PeerRole.Node, 0, 64)
            : PeerMessage.Hello(PeerRole.Node, 0, 64).WithVersions(1, version));
        probe.Checked(ProtocolCode.None, scope);
        return probe;
    }
}
