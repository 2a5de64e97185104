using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Protocol.Tests.Sessions;

public sealed class PeerSessionSearchTests
{
    private static readonly PeerMessage Search = PeerMessage.Search(0x0102030405060708, new FileId(5), 1);
    private static readonly PeerMessage Hit = PeerMessage.SearchHit(0x0102030405060708, 0);

    [Fact]
    public void Query_OfSearchAndHit_IsKept() =>
        Assert.Equal((0x0102030405060708ul, 0x0102030405060708ul), (Search.Query, Hit.Query));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Receive_BetweenPeers_IsDelivered(bool initiator)
    {
        var probe = Open(initiator);

        Assert.Equal(2, probe.Session.Version);
        Assert.Equal([Search, Hit], probe.Receive(Search).Concat(probe.Receive(Hit)).Select(action => action.Message));
        Assert.Equal([Search, Hit], probe.Send(Search)!.Concat(probe.Send(Hit)!).Select(action => action.Message));
        Assert.Equal((0, 0), (probe.Session.Outstanding, probe.Session.Serving));
    }

    [Fact]
    public void Receive_VersionOne_BreaksTheRules()
    {
        var probe = Open(version: 1);

        Assert.Null(probe.Send(Search));
        Assert.Null(probe.Send(Hit));
        Assert.Equal(1, probe.Session.Version);
        Assert.Equal(ProtocolCode.UnknownKind, probe.Breaks(Search));
    }

    [Fact]
    public void Receive_ByANode_IsDropped()
    {
        var probe = Open(options: new PeerSessionOptions { Role = PeerRole.Node });

        Assert.Empty(probe.Receive(Search));
        Assert.Empty(probe.Receive(Hit));
        Assert.Null(probe.Send(Search));
    }

    [Fact]
    public void Receive_WithoutTheScope_IsDroppedButHitsAreNot()
    {
        var probe = Open(scope: TicketScope.None);

        Assert.Empty(probe.Receive(Search));
        Assert.Equal(Hit, Assert.Single(probe.Receive(Hit)).Message);
    }

    [Fact]
    public void Receive_ByWhoServesNothing_IsDropped() =>
        Assert.Empty(Open(options: new PeerSessionOptions { Serves = false }).Receive(Search));

    [Fact]
    public void Receive_BeforeTheHello_IsOutOfTurn() =>
        Assert.Equal(ProtocolCode.OutOfTurn, new SessionProbe(initiator: false).Breaks(Search));

    [Fact]
    public void Wake_BetweenPeers_PingsRarely()
    {
        var probe = Open();

        Assert.Empty(probe.Wait(TimeSpan.FromSeconds(239)));
        Assert.Equal(PeerMessageKind.Ping, Assert.Single(probe.Wait(TimeSpan.FromSeconds(1))).Message.Kind);
        Assert.Empty(probe.Wait(TimeSpan.FromSeconds(119)));
        Assert.Equal(ProtocolCode.IdleTimeout, probe.Wait(TimeSpan.FromSeconds(1))[^1].Code);
    }

    private static SessionProbe Open(
        bool initiator = false,
        ushort version = 2,
        TicketScope scope = TicketScope.Fetch,
        PeerSessionOptions? options = null)
    {
        var probe = new SessionProbe(initiator, options);
        probe.Receive(initiator
            ? PeerMessage.HelloReply(version, PeerRole.Peer, 4070, 64)
            : PeerMessage.Hello(PeerRole.Peer, 4070, 64).WithVersions(1, version));
        probe.Checked(ProtocolCode.None, scope);
        return probe;
    }
}
