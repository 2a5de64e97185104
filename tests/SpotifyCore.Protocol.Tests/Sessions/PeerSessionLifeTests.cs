using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Tests.Support;

namespace SpotifyCore.Protocol.Tests.Sessions;

public sealed class PeerSessionLifeTests
{
    private static readonly FileId File = new(5);
    private static readonly TimeSpan PingAfter = TimeSpan.FromMinutes(4);

    // A connection with a peer at either end is one of many that are mostly idle.
    [Theory]
    [InlineData(PeerRole.Peer, PeerRole.Peer, 240, 360)]
    [InlineData(PeerRole.Peer, PeerRole.Node, 240, 360)]
    [InlineData(PeerRole.Node, PeerRole.Peer, 240, 360)]
    [InlineData(PeerRole.Node, PeerRole.Node, 45, 120)]
    public void Wake_Silence_PingsThenCloses(PeerRole role, PeerRole remote, int pingAfter, int closeAfter)
    {
        var probe = new SessionProbe(initiator: true, new PeerSessionOptions { Role = role });
        probe.Receive(PeerMessage.HelloReply(1, remote, 0, 64));
        probe.Checked(ProtocolCode.None);

        Assert.Empty(probe.Wait(TimeSpan.FromSeconds(pingAfter) - TimeSpan.FromTicks(1)));
        Assert.Equal(PeerMessage.Ping(1), Assert.Single(probe.Wait(TimeSpan.FromTicks(1))).Message);
        Assert.Empty(probe.Wait(TimeSpan.FromSeconds(closeAfter - pingAfter) - TimeSpan.FromTicks(1)));
        Assert.Equal(PeerMessage.Error(0, ProtocolCode.IdleTimeout), probe.Wait(TimeSpan.FromTicks(1))[0].Message);
        Assert.Equal(Content.Time.Instant.Never, probe.Session.NextWake);
    }

    [Fact]
    public void Receive_PongAfterOtherMessages_IsFine()
    {
        var probe = SessionProbe.Open(initiator: true);
        probe.Wait(PingAfter);

        Assert.Single(probe.Receive(PeerMessage.Ping(77)), action => action.Message == PeerMessage.Pong(77));
        Assert.Empty(probe.Receive(PeerMessage.Pong(1)));
        Assert.Equal(PeerMessage.Ping(2), Assert.Single(probe.Wait(PingAfter)).Message);
    }

    [Fact]
    public void Receive_PongNobodyAskedFor_IsRefused()
    {
        Assert.Equal(ProtocolCode.UnknownRequest, SessionProbe.Open().Breaks(PeerMessage.Pong(1)));

        var probe = SessionProbe.Open(initiator: true);
        probe.Wait(PingAfter);
        Assert.Equal(ProtocolCode.UnknownRequest, probe.Breaks(PeerMessage.Pong(2)));
    }

    [Fact]
    public void Receive_ErrorOfTheConnection_Closes()
    {
        var probe = SessionProbe.Open();

        var action = Assert.Single(probe.Receive(PeerMessage.Error(0, ProtocolCode.WrongPiece)));

        Assert.Equal((SessionActionKind.Close, ProtocolCode.WrongPiece), (action.Kind, action.Code));
        Assert.Empty(probe.Receive(PeerMessage.Ping(1)));
        Assert.Null(probe.Send(PeerMessage.RequestHave(1, File)));
    }

    [Fact]
    public void Drain_RequestsInFlight_FinishesThemAndTakesNoOthers()
    {
        var probe = SessionProbe.Open();
        probe.Receive(PeerMessage.RequestChunks(1, File, 0, 2, RequestPriority.Playing, 0));

        Assert.Equal(
            PeerMessage.GoAway(ProtocolCode.GoingAway), Assert.Single(probe.Drain(ProtocolCode.GoingAway)).Message);
        var refused = Assert.Single(probe.Receive(PeerMessage.RequestHave(2, File)));
        Assert.Equal(PeerMessage.Error(2, ProtocolCode.GoingAway), refused.Message);
        Assert.Single(probe.Send(PeerMessage.ChunkData(1, 0, Tier.Cache, 16_384))!);
        var last = probe.Send(PeerMessage.ChunkData(1, 1, Tier.Cache, 10))!;
        Assert.Equal([SessionActionKind.Send, SessionActionKind.Close], last.Select(action => action.Kind));
    }

    [Fact]
    public void Receive_GoAway_FinishesOwnRequestsAndMakesNoOthers()
    {
        var probe = SessionProbe.Open(initiator: true);
        probe.Send(PeerMessage.RequestChunks(1, File, 0, 1, RequestPriority.Playing, 0));

        var delivered = Assert.Single(probe.Receive(PeerMessage.GoAway(ProtocolCode.GoingAway)));
        Assert.Equal(PeerMessageKind.GoAway, delivered.Message.Kind);
        Assert.False(probe.Session.CanRequest);
        Assert.Null(probe.Send(PeerMessage.RequestHave(2, File)));
        var last = probe.Receive(PeerMessage.ChunkData(1, 0, Tier.Production, 16_384));
        Assert.Equal([SessionActionKind.Deliver, SessionActionKind.Close], last.Select(action => action.Kind));
    }

    [Fact]
    public void Drain_NothingInFlight_ClosesAtOnce() => Assert.Equal(
        [SessionActionKind.Send, SessionActionKind.Close],
        SessionProbe.Open().Drain(ProtocolCode.NotNeeded).Select(action => action.Kind));

    [Fact]
    public void Drain_BeforeTheHello_Closes() => Assert.Equal(
        PeerMessage.Error(0, ProtocolCode.GoingAway), new SessionProbe(false).Drain(ProtocolCode.GoingAway)[0].Message);
}
