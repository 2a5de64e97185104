using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Protocol.Frames;

namespace SpotifyCore.Core.Tests.Neighbours;

public sealed class NeighbourhoodTests
{
    private static readonly FileId File = new(77);
    private static readonly Instant Now = new(TimeSpan.TicksPerDay);

    private readonly NeighbourOptions _options = new();
    private readonly LinkTable _links = new();
    private readonly Neighbourhood _neighbourhood;
    private readonly ActionBuffer _actions = new(64);
    private int _accepted;

    public NeighbourhoodTests() => _neighbourhood = new Neighbourhood(_options, _links, new PeerId(50));

    [Fact]
    public void AskAll_Neighbours_AreAskedOnce()
    {
        Open(incoming: true, remote: 3);
        _neighbourhood.AskAll(File, _actions);
        _neighbourhood.AskAll(File, _actions);

        var asked = Assert.Single(_actions.Messages());
        Assert.Equal(PeerMessageKind.HaveRequest, asked.Kind);
        Assert.Equal(File, asked.File);
    }

    [Fact]
    public void Admit_DisabledOrBannedOrMetered_IsRefused()
    {
        var link = Make(incoming: true, 9);
        _neighbourhood.Bans.Add(new PeerId(9), Now);
        Assert.Equal(CloseReason.Banned, _neighbourhood.Admit(link, Now, out _));
        Assert.Null(_neighbourhood.Admit(link, Now + _options.BanFor, out _));

        _neighbourhood.Line = LineKind.Metered;
        Assert.Equal(CloseReason.NotNeeded, _neighbourhood.Admit(link, Now + _options.BanFor, out _));

        _neighbourhood.Line = LineKind.Unmetered;
        _options.Enabled = false;
        Assert.Equal(CloseReason.NotNeeded, _neighbourhood.Admit(link, Now + _options.BanFor, out _));
    }

    [Fact]
    public void Admit_LanOnly_TakesLocalPeersAlone()
    {
        _options.LanOnly = true;
        var (near, far) = (Make(incoming: true, 9), Make(incoming: true, 10));
        near.IsLocal = true;

        Assert.Null(_neighbourhood.Admit(near, Now, out _));
        Assert.Equal(CloseReason.NotNeeded, _neighbourhood.Admit(far, Now, out _));
    }

    /// <summary>
    /// Two clients connect to each other at once: each sees either connection come up in its own time, and the same one
    /// must be left on both sides, or none would be.
    /// </summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Admit_ConnectedToEachOther_KeepTheSameOneInAnyOrder(bool ownFirstHere, bool ownFirstThere)
    {
        var (here, there) = (new PeerId(40), new PeerId(60));

        var keptHere = KeptAfterBothCameUp(here, there, ownFirstHere);
        var keptThere = KeptAfterBothCameUp(there, here, ownFirstThere);

        // The smaller id opened it.
        Assert.Equal((false, true), (keptHere.Connection.IsIncoming, keptThere.Connection.IsIncoming));
    }

    [Fact]
    public void NextToDrop_LineTurnsMetered_IsEverybody()
    {
        Open(incoming: true, remote: 3);
        Assert.Null(_neighbourhood.NextToDrop(Now));

        _neighbourhood.Line = LineKind.Metered;

        Assert.Equal(CloseReason.NotNeeded, _neighbourhood.NextToDrop(Now)!.Value.Reason);
    }

    [Theory]
    [InlineData(true, 60, true)] // They opened both, so they have given the first up.
    [InlineData(true, 40, true)]
    [InlineData(false, 60, true)] // We opened the first; our id is the smaller, so ours stays.
    [InlineData(false, 40, false)]
    public void Admit_SamePeerTwice_BothSidesDropTheSameOne(bool firstIncoming, int remote, bool bothDecide)
    {
        var first = Open(firstIncoming, remote);
        var second = Make(incoming: true, remote);

        var refusal = _neighbourhood.Admit(second, Now, out var loser);

        if (firstIncoming || !bothDecide)
        {
            Assert.Null(refusal);
            Assert.Same(first, loser);
        }
        else
        {
            Assert.Equal(CloseReason.Duplicate, refusal);
            Assert.Null(loser);
        }
    }

    [Fact]
    public void Admit_AtTheHardLimit_IsFull()
    {
        for (var i = 0; i < _options.HardLimit; i++)
            Open(incoming: true, remote: 100 + i);

        Assert.Equal(CloseReason.Full, _neighbourhood.Admit(Make(incoming: true, 9), Now, out _));
    }

    [Fact]
    public void NextToDrop_AboveTheSoftLimit_IsTheLeastUsefulOfLate()
    {
        for (var i = 0; i <= _options.SoftLimit; i++)
        {
            var link = Open(incoming: true, remote: 100 + i);
            var (bytes, at) = i == 7 ? (100_000, Now - TimeSpan.FromHours(4)) : (1_000 + i, Now);
            link.Give(bytes, RequestPriority.Playing, at);
            link.IsLocal = i == 0;
        }

        var dropped = _neighbourhood.NextToDrop(Now);

        Assert.Equal(new PeerId(107), dropped!.Value.Link.Remote);
        Assert.Equal(CloseReason.Full, dropped.Value.Reason);
    }

    [Fact]
    public void NextToDrop_IdleOnes_AreClosedDownToThoseThatAreKept()
    {
        for (var i = 0; i < _options.KeptNeighbours; i++)
            Open(incoming: true, remote: 100 + i);

        Assert.Null(_neighbourhood.NextToDrop(Now + TimeSpan.FromDays(1)));
        Assert.Equal(Instant.Never, _neighbourhood.NextCheck());

        Open(incoming: true, remote: 99).LastUsed = Now + TimeSpan.FromSeconds(1);
        Assert.Equal(Now + _options.IdleTimeout, _neighbourhood.NextCheck());
        var dropped = _neighbourhood.NextToDrop(Now + _options.IdleTimeout)!.Value;
        Assert.Equal((CloseReason.Idle, new PeerId(100)), (dropped.Reason, dropped.Link.Remote!.Value));
    }

    [Fact]
    public void NextToDrop_NeverUp_IsDueWhenSaid()
    {
        _links.Add(Make(incoming: false, remote: 4));
        Assert.Null(_neighbourhood.NextToDrop(Now));
        Assert.Equal(Now + _options.ConnectTimeout, _neighbourhood.NextCheck());

        Assert.Equal(CloseReason.TimedOut, _neighbourhood.NextToDrop(Now + _options.ConnectTimeout)!.Value.Reason);
    }

    [Fact]
    public void Admit_OneAccountUnderManyIds_HasAFewAndOthersGetIn()
    {
        for (var i = 0; i < _options.PerAccount; i++)
        {
            Assert.Null(_neighbourhood.Admit(Make(incoming: true, 100 + i, account: 7), Now, out _));
            Open(incoming: true, remote: 100 + i, account: 7);
        }

        var outgoing = Open(incoming: false, remote: 201, account: 7);
        Assert.Equal(
            CloseReason.AccountFull, _neighbourhood.Admit(Make(incoming: true, 200, account: 7), Now, out _));
        Assert.Equal(CloseReason.AccountFull, _neighbourhood.Admit(outgoing, Now, out _));
        Assert.Null(_neighbourhood.Admit(Make(incoming: true, 9, account: 8), Now, out _));
        Assert.Null(_neighbourhood.Admit(Make(incoming: true, 10, account: 0), Now, out _));

        // One that comes again takes the place of what it had.
        _links.Remove(outgoing);
        Assert.Null(_neighbourhood.Admit(Make(incoming: true, 100, account: 7), Now, out var loser));
        Assert.Equal(new PeerId(100), loser!.Remote);
    }

    [Fact]
    public void NextToDrop_AboveTheSoftLimit_IsOfTheAccountWithTheMost()
    {
        for (var i = 0; i < _options.SoftLimit; i++)
        {
            var account = (UInt128)(i < 48 ? 1 + (i / 8) : 10 + i);
            Open(incoming: true, 100 + i, account).Give(1_000_000, RequestPriority.Playing, Now);
        }

        var honest = Open(incoming: true, remote: 9, account: 99);
        for (var i = 0; i < 20; i++)
        {
            var dropped = _neighbourhood.NextToDrop(Now)!.Value;
            Assert.InRange((int)dropped.Link.Account, 1, 6);
            Assert.NotSame(honest, dropped.Link);
            _links.Remove(dropped.Link);
            Open(incoming: true, 300 + i, dropped.Link.Account).Give(1_000_000, RequestPriority.Playing, Now);
        }
    }

    [Fact]
    public void Ban_IdsOfOneAccount_BanItAsAWholeAndNobodyElse()
    {
        var others = Open(incoming: true, remote: 51, account: 8);
        var friend = Open(incoming: true, remote: 60, account: 7);
        for (var i = 0; i < _options.BansPerAccount; i++)
        {
            Assert.Null(_neighbourhood.NextToDrop(Now));
            var liar = Make(incoming: true, 100 + i, account: 7);
            Assert.Null(_neighbourhood.Admit(liar, Now, out _));
            _neighbourhood.Ban(liar, liar.Remote!.Value, Now);

            // Again and again is once.
            _neighbourhood.Ban(liar, liar.Remote!.Value, Now);
        }

        Assert.Equal((friend, CloseReason.Banned), _neighbourhood.NextToDrop(Now));
        Assert.Equal(CloseReason.Banned, _neighbourhood.Admit(Make(incoming: true, 200, account: 7), Now, out _));
        Assert.Null(_neighbourhood.Admit(Make(incoming: true, 201, account: 8), Now, out _));
        Assert.Null(_neighbourhood.Admit(Make(incoming: true, 202, account: 0), Now, out _));
        _links.Remove(friend);
        Assert.Null(_neighbourhood.NextToDrop(Now));
        Assert.Same(others, Assert.Single(_links.All));
        Assert.Null(_neighbourhood.Admit(Make(incoming: true, 200, account: 7), Now + _options.BanFor, out _));
    }

    [Fact]
    public void Ban_AnAccountWithoutEndOfIds_IsRememberedByAFew()
    {
        for (var i = 0; i < 2_000; i++)
        {
            var liar = Make(incoming: true, 100 + i, account: 7);
            if (_neighbourhood.Admit(liar, Now, out _) is null)
                _neighbourhood.Ban(liar, liar.Remote!.Value, Now);
        }

        Assert.Equal(_options.BansPerAccount, _neighbourhood.Bans.Count);
    }

    /// <summary>What is left of an own attempt and of the peer's, once either has come up.</summary>
    private Link KeptAfterBothCameUp(PeerId self, PeerId remote, bool ownFirst)
    {
        var links = new LinkTable();
        var neighbourhood = new Neighbourhood(_options, links, self);
        var own = new Link(links.NextConnection(), isNode: false, default, new PeerSpeed(64_000, 0.25), Now) { Remote = remote };
        var other = new Link(new ConnectionId(-1), isNode: false, default, new PeerSpeed(64_000, 0.25), Now) { Remote = remote };
        links.Add(own);
        foreach (var link in ownFirst ? [own, other] : new[] { other, own })
        {
            if (neighbourhood.Admit(link, Now, out var loser) is not null)
            {
                links.Remove(link);
                continue;
            }

            if (loser is not null)
                links.Remove(loser);

            link.State = LinkState.Open;
            if (link.Connection.IsIncoming)
                links.Add(link);
        }

        return Assert.Single(links.All);
    }

    private Link Make(bool incoming, int remote, UInt128 account = default)
    {
        var connection = incoming ? new ConnectionId(--_accepted) : _links.NextConnection();
        var link = new Link(connection, isNode: false, default, new PeerSpeed(64_000, 0.25), Now)
        {
            Remote = new PeerId((UInt128)remote), Account = account,
        };
        return link;
    }

    private Link Open(bool incoming, int remote, UInt128 account = default)
    {
        var link = Make(incoming, remote, account);
        link.State = LinkState.Open;
        _links.Add(link);
        return link;
    }
}
