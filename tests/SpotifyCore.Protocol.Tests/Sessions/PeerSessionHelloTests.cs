using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Messages.Layouts;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Protocol.Tests.Sessions;

public sealed class PeerSessionHelloTests
{
    private static readonly FileId File = new(5);

    [Fact]
    public void Start_Initiator_SaysHello()
    {
        var probe = new SessionProbe(initiator: true, new PeerSessionOptions { ListenPort = 4070, RequestLimit = 9 });

        var action = Assert.Single(probe.Started);
        Assert.Equal(SessionActionKind.Send, action.Kind);
        Assert.Equal(PeerMessage.Hello(PeerRole.Peer, 4070, 9), action.Message);
        Assert.Empty(new SessionProbe(initiator: false).Started);
    }

    [Fact]
    public void Receive_Hello_IsCheckedThenAccepted()
    {
        var probe = new SessionProbe(initiator: false, new PeerSessionOptions { RequestLimit = 32 });

        var check = Assert.Single(probe.Receive(PeerMessage.Hello(PeerRole.Import, 4071, 500, 112)));
        Assert.Equal(SessionActionKind.CheckTicket, check.Kind);
        Assert.Equal(112u, check.Message.Length);

        var actions = probe.Checked(ProtocolCode.None, TicketScope.Fetch);
        Assert.Equal([SessionActionKind.Send, SessionActionKind.Opened], actions.Select(action => action.Kind));
        Assert.Equal(PeerMessage.HelloReply(3, PeerRole.Peer, 0, 32), actions[0].Message);
        var session = probe.Session;
        Assert.Equal(
            (PeerRole.Import, (ushort)4071, 32, TicketScope.Fetch),
            (session.RemoteRole, session.RemoteListenPort, session.RemoteRequestLimit, session.RemoteScope));
    }

    [Theory]
    [InlineData(ProtocolCode.TicketMissing)]
    [InlineData(ProtocolCode.TicketInvalid)]
    [InlineData(ProtocolCode.TicketExpired)]
    [InlineData(ProtocolCode.TicketNotYours)]
    public void TicketChecked_BadTicketInHello_IsRefusedWithItsCode(ProtocolCode code)
    {
        var probe = new SessionProbe(initiator: false);
        probe.Receive(PeerMessage.Hello(PeerRole.Peer, 0, 64));

        var actions = probe.Checked(code);

        Assert.Equal(PeerMessage.HelloRefused(code), actions[0].Message);
        Assert.Equal((SessionActionKind.Close, code), (actions[1].Kind, actions[1].Code));
        Assert.Equal(PeerSessionState.Closed, probe.Session.State);
    }

    [Fact]
    public void TicketChecked_NoTicketInReply_IsFineAndAllowsNothing()
    {
        var probe = new SessionProbe(initiator: true);
        probe.Receive(PeerMessage.HelloReply(1, PeerRole.Node, 0, 64));

        Assert.Equal(SessionActionKind.Opened, Assert.Single(probe.Checked(ProtocolCode.TicketMissing)).Kind);
        var refusal = Assert.Single(probe.Receive(PeerMessage.RequestHave(1, File)));
        Assert.Equal(PeerMessage.Error(1, ProtocolCode.NotAllowed), refusal.Message);
    }

    [Fact]
    public void TicketChecked_BadTicketInReply_EndsTheConnection()
    {
        var probe = new SessionProbe(initiator: true);
        probe.Receive(PeerMessage.HelloReply(1, PeerRole.Peer, 0, 64, 112));

        Assert.Equal(
            PeerMessage.Error(0, ProtocolCode.TicketNotYours), probe.Checked(ProtocolCode.TicketNotYours)[0].Message);
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(1, 9, true)]
    [InlineData(0, 1, true)]
    [InlineData(2, 9, true)]
    [InlineData(4, 9, false)]
    [InlineData(0, 0, false)]
    public void Receive_HelloOfVersions_NeedsACommonOne(ushort first, ushort last, bool accepted)
    {
        var probe = new SessionProbe(initiator: false);

        var action = probe.Receive(HelloOf(first, last))[0];

        Assert.Equal(accepted ? SessionActionKind.CheckTicket : SessionActionKind.Send, action.Kind);
        if (!accepted)
            Assert.Equal(PeerMessage.HelloRefused(ProtocolCode.VersionMismatch), action.Message);
    }

    [Fact]
    public void Receive_Refusal_ClosesWithItsCode()
    {
        var probe = new SessionProbe(initiator: true);

        var action = Assert.Single(probe.Receive(PeerMessage.HelloRefused(ProtocolCode.TicketExpired)));

        Assert.Equal((SessionActionKind.Close, ProtocolCode.TicketExpired), (action.Kind, action.Code));
        Assert.Equal(ProtocolCode.TicketExpired, probe.Session.CloseCode);
    }

    public static TheoryData<bool, PeerMessage> BeforeHello() => new()
    {
        { false, PeerMessage.RequestChunks(1, File, 0, 1, RequestPriority.Playing, 0) },
        { false, PeerMessage.HelloReply(1, PeerRole.Peer, 0, 1) },
        { false, PeerMessage.Ping(1) },
        { false, PeerMessage.PutCommit(1) },
        { true, PeerMessage.Hello(PeerRole.Peer, 0, 1) },
        { true, PeerMessage.RequestManifest(1, File, RequestPriority.Playing, false) },
        { true, PeerMessage.ChunkData(1, 0, Tier.Peers, 1) },
    };

    [Theory]
    [MemberData(nameof(BeforeHello))]
    public void Receive_AnythingBeforeTheHello_IsOutOfTurn(bool initiator, PeerMessage message) =>
        Assert.Equal(ProtocolCode.OutOfTurn, new SessionProbe(initiator).Breaks(message));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Receive_SecondHello_IsOutOfTurn(bool initiator)
    {
        PeerMessage[] hellos = [PeerMessage.Hello(PeerRole.Peer, 0, 1), PeerMessage.HelloReply(1, PeerRole.Peer, 0, 1)];
        foreach (var hello in hellos)
            Assert.Equal(ProtocolCode.OutOfTurn, SessionProbe.Open(initiator).Breaks(hello));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Wake_NoHelloInTime_Closes(bool initiator)
    {
        var probe = new SessionProbe(initiator, new PeerSessionOptions { HelloTimeout = TimeSpan.FromSeconds(5) });

        Assert.Equal(probe.Now + TimeSpan.FromSeconds(5), probe.Session.NextWake);
        Assert.Empty(probe.Wait(TimeSpan.FromSeconds(4.9)));
        var actions = probe.Wait(TimeSpan.FromSeconds(0.1));
        Assert.Equal(PeerMessage.Error(0, ProtocolCode.HelloTimeout), actions[0].Message);
        Assert.Equal(SessionActionKind.Close, actions[1].Kind);
    }

    [Fact]
    public void Receive_TicketRefresh_IsCheckedAndReplacesTheScope()
    {
        var probe = SessionProbe.Open(expires: new Instant(TimeSpan.TicksPerDay + 10));
        probe.Wait(TimeSpan.FromSeconds(1));
        var late = Assert.Single(probe.Receive(PeerMessage.RequestHave(1, File)));
        Assert.Equal(PeerMessage.Error(1, ProtocolCode.TicketExpired), late.Message);

        Assert.Equal(SessionActionKind.CheckTicket, Assert.Single(probe.Receive(PeerMessage.TicketRefresh(112))).Kind);
        Assert.Empty(probe.Checked(ProtocolCode.None, TicketScope.Fetch));
        Assert.Equal(SessionActionKind.Deliver, Assert.Single(probe.Receive(PeerMessage.RequestHave(2, File))).Kind);
        Assert.Equal(
            PeerMessage.Error(0, ProtocolCode.TicketInvalid), Refreshed(probe, ProtocolCode.TicketInvalid)[0].Message);
    }

    [Fact]
    public void Receive_MoreTicketRefreshesThanAreTaken_IsRefused()
    {
        var probe = SessionProbe.Open();
        for (var refresh = 0; refresh < PeerSession.RefreshBurst; refresh++)
            Assert.Empty(Refreshed(probe, ProtocolCode.None));

        probe.Wait(TimeSpan.FromSeconds(10));
        Assert.Empty(Refreshed(probe, ProtocolCode.None));
        Assert.Equal(ProtocolCode.TooBusy, probe.Breaks(PeerMessage.TicketRefresh(112)));
    }

    private static SessionAction[] Refreshed(SessionProbe probe, ProtocolCode code)
    {
        probe.Receive(PeerMessage.TicketRefresh(112));
        return probe.Checked(code);
    }

    private static PeerMessage HelloOf(ushort first, ushort last)
    {
        var bytes = new byte[64];
        var length = MessageCodec.Write(PeerMessage.Hello(PeerRole.Peer, 0, 64), default, bytes);
        BitConverter.TryWriteBytes(bytes.AsSpan(FrameHeader.Size + 4), first);
        BitConverter.TryWriteBytes(bytes.AsSpan(FrameHeader.Size + 6), last);
        ReadOnlySpan<byte> rest = bytes.AsSpan(0, length);
        FrameReader.TryRead(ref rest, out var frame);
        return MessageCodec.Read(frame, out _);
    }
}
