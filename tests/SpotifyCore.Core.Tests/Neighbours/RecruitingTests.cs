using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Core.Tests.Neighbours;

public sealed class RecruitingTests
{
    private static readonly FileId File = new(77);
    private static readonly Instant Now = new(TimeSpan.TicksPerDay);

    private readonly NeighbourOptions _options = new();
    private readonly LinkTable _links = new();
    private readonly Neighbourhood _neighbourhood;
    private readonly Recruiting _recruiting;
    private readonly ActionBuffer _actions = new(64);

    public RecruitingTests()
    {
        _neighbourhood = new Neighbourhood(_options, _links, new PeerId(50));
        _recruiting = new Recruiting(_options, _links, _neighbourhood, new PeerId(50));
    }

    [Fact]
    public void Add_ManyCandidates_ConnectsAFewAndMoreOnDemand()
    {
        Add([.. Enumerable.Range(1, 20).Select(number => Address(number))]);
        Assert.Equal(_options.FirstPeersPerFile, Connects().Length);

        _recruiting.WantMore(File, Now, _actions);
        Assert.Equal(_options.PeersPerFile, Connects().Length);
        Assert.Equal(_options.PeersPerFile, _links.Peers);
    }

    [Fact]
    public void Add_SelfBannedConnectedOrTwice_IsLeftOut()
    {
        _neighbourhood.Bans.Add(new PeerId(2), Now);
        Open(3);
        Add(Address(50), Address(2), Address(3), Address(4), Address(4));

        Assert.Equal(Address(4), Assert.Single(Connects()));
        var asked = Assert.Single(_actions.Messages());
        Assert.Equal(PeerMessageKind.HaveRequest, asked.Kind);
    }

    [Fact]
    public void Add_NeighbourThatLackedIt_IsAskedAgain()
    {
        Open(3);
        _links[0].Holdings.Set(File, HoldingState.Lacks);

        Add(Address(3));
        Add(Address(3));

        Assert.Equal(PeerMessageKind.HaveRequest, Assert.Single(_actions.Messages()).Kind);
        Assert.Equal(HoldingState.Asked, _links[0].Holdings[File]);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(9, 1)]
    public void Add_OnceMoreAfterItsConnectionEnded_ConnectsAgainOnTheTrackersWord(int by, int connects)
    {
        Add(Address(1));
        _links.Remove(_links[0]);

        _recruiting.Add(File, [new PeerAddress(Address(1))], (UInt128)by, Now, _actions);

        Assert.Equal(connects, Connects().Length);
    }

    [Fact]
    public void Add_MoreThanMayBeConnectedAtOnce_ConnectsTheOthersLater()
    {
        (_options.ConnectingLimit, _options.FirstPeersPerFile) = (1, 3);
        Add(Address(1), Address(2), Address(3));
        Assert.Equal(Address(1), Assert.Single(Connects()));

        _links[0].State = LinkState.Open;
        _links[0].Holdings.Set(File, HoldingState.Whole);
        _recruiting.Refresh(Now, _actions);

        Assert.Equal([Address(1), Address(2)], Connects());
    }

    [Fact]
    public void Add_NearPeers_GoFirst()
    {
        _options.FirstPeersPerFile = 3;
        Add(
            Address(1),
            new PeerAddress(Address(2), PeerPlace.SameSite),
            Address(3),
            new PeerAddress(Address(4), PeerPlace.SameLan),
            new NodeAddress(new PeerId(5), "192.168.1.9", 4070));

        Assert.Equal([4, 5, 2], Connects().Select(address => (int)(ulong)address.Id!.Value.Value));
    }

    [Fact]
    public void Add_LanOnly_ConnectsToLocalPeersAlone()
    {
        _options.LanOnly = true;
        Add(Address(1), new PeerAddress(Address(2), PeerPlace.SameLan));

        Assert.Equal(Address(2), Assert.Single(Connects()));
    }

    [Fact]
    public void Add_Disabled_DoesNothing()
    {
        _options.Enabled = false;
        Add(Address(1));

        Assert.Equal(0, _actions.Count);
    }

    [Fact]
    public void Add_AtTheHardLimit_ConnectsToNobody()
    {
        for (var i = 0; i < _options.HardLimit; i++)
            Open(100 + i);

        Add(Address(1));

        Assert.Empty(Connects());
    }

    [Fact]
    public void Add_OutOfReach_IsAskedToConnect()
    {
        Add(new PeerAddress(Address(1), PeerPlace.Unreachable), new NodeAddress(new PeerId(2), "peer", 0));

        Assert.Equal([new PeerId(1), new PeerId(2)], Reverses());
        Assert.Empty(Connects());
    }

    [Fact]
    public void Add_OutOfReachAndSoAreWe_AsksNobody()
    {
        _options.Reachable = false;
        Add(new PeerAddress(Address(1), PeerPlace.Unreachable));

        Assert.Equal(0, _actions.Count);
    }

    [Fact]
    public void Tidy_OverdueConnection_AsksForTheReverseAndTriesTheNext()
    {
        _options.FirstPeersPerFile = 1;
        Add(Address(1), Address(2));
        Assert.Equal(Now + _options.ReverseAfter, _recruiting.NextCheck());

        _recruiting.Tidy(Now + _options.ReverseAfter, _actions);
        _recruiting.Tidy(Now + _options.ReverseAfter, _actions);

        Assert.Equal(new PeerId(1), Assert.Single(Reverses()));
        Assert.Equal([Address(1), Address(2)], Connects());
    }

    [Fact]
    public void NoteFailed_Peer_IsRememberedAsOutOfReach()
    {
        Add(Address(1));
        var failed = _links[0];
        _links.Remove(failed);
        _recruiting.NoteFailed(failed, Now, _actions);
        _recruiting.Forget(File);
        _actions.Clear();

        Add(Address(1));
        Assert.Empty(Connects());
        Assert.Equal(new PeerId(1), Assert.Single(Reverses()));

        _recruiting.Forget(File);
        _recruiting.Add(File, [Address(1)], by: 0, Now + _options.UnreachableFor, _actions);
        Assert.Single(Connects());
    }

    [Fact]
    public void GrantReverse_Welcome_ConnectsOnce()
    {
        _neighbourhood.Bans.Add(new PeerId(2), Now);
        foreach (var peer in new[] { Address(1), Address(1), Address(2), Address(50) })
            _recruiting.GrantReverse(peer, Now, _actions);

        Assert.Equal(Address(1), Assert.Single(Connects()));
    }

    [Fact]
    public void GrantReverse_Flood_IsHeldToTheLimit()
    {
        for (var i = 0; i < 100; i++)
            _recruiting.GrantReverse(Address(100 + i), Now, _actions);

        Assert.InRange(Connects().Length, 1, (int)(_options.ReversesPerSecond * 10));
    }

    private static NodeAddress Address(int number) => new(new PeerId((UInt128)number), "peer", 4000 + number);

    [Fact]
    public void Add_NamesOfOneAccount_LeavePlacesToOthers()
    {
        (_options.FirstPeersPerFile, _options.PeersPerFile) = (100, 100);
        (_options.ConnectingLimit, _options.HardLimit) = (100, 100);
        for (var i = 0; i < 40; i++)
            _recruiting.Add(File, [Address(100 + i)], by: 7, Now, _actions);

        _recruiting.Add(File, [Address(1)], by: 8, Now, _actions);
        Add(Address(2));

        var named = _actions.Of<Connect>().ToArray().Select(static connect => connect.Address);
        Assert.Equal(
            [.. Enumerable.Range(100, _options.CandidatesPerAccount).Select(Address), Address(1), Address(2)], named);
    }

    private void Add(params PeerAddress[] peers) => _recruiting.Add(File, peers, by: 0, Now, _actions);

    private void Open(int remote) => _links.Add(
        new Link(new ConnectionId(-1_000 - remote), isNode: false, default, new PeerSpeed(64_000, 0.25), Now)
        {
            Remote = new PeerId((UInt128)remote), State = LinkState.Open,
        });

    private NodeAddress[] Connects() =>
        [.. _actions.Of<Connect>().ToArray().Select(connect => connect.Address)];

    private PeerId[] Reverses() =>
        [.. _actions.Of<AskReverse>().ToArray().Select(ask => ask.Peer)];
}
