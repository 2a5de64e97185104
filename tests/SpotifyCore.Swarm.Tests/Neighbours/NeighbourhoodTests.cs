using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Swarm.Neighbours;

namespace SpotifyCore.Swarm.Tests.Neighbours;

public sealed class NeighbourhoodTests
{
    private static readonly FileId File = new(77);
    private static readonly Instant Now = new(TimeSpan.TicksPerDay);

    private readonly NeighbourOptions _options = new();
    private readonly LinkTable _links = new();
    private readonly Neighbourhood _neighbourhood;
    private ActionBuffer _actions = new(64);

    public NeighbourhoodTests() => _neighbourhood = new Neighbourhood(_options, _links, new PeerId(50));

    [Fact]
    public void Search_Candidates_ConnectsAsManyAsAllowed()
    {
        Search(Enumerable.Range(1, 20).Select(Address));

        Assert.Equal(_options.PeersPerFile, Kinds().Count(kind => kind == ClientActionKind.Connect));
        Assert.Equal(_options.PeersPerFile, _links.Peers);
    }

    [Fact]
    public void Search_SelfBannedOrConnected_IsLeftOut()
    {
        _neighbourhood.Bans.Add(new PeerId(2));
        Open(incoming: true, remote: 3);
        Search([Address(50), Address(2), Address(3), Address(4), Address(4)]);

        var connects = _actions.Actions.ToArray().Where(action => action.Kind == ClientActionKind.Connect).ToArray();
        Assert.Equal(Address(4), Assert.Single(connects).Address);
    }

    [Fact]
    public void Search_Neighbours_AreAskedOnce()
    {
        Open(incoming: true, remote: 3);
        Search([]);
        Search([]);

        var asked = Assert.Single(_actions.Actions.ToArray());
        Assert.Equal(PeerMessageKind.HaveRequest, asked.Message.Kind);
        Assert.Equal(File, asked.Message.File);
    }

    [Fact]
    public void Search_Disabled_DoesNothing()
    {
        _options.Enabled = false;
        Search([Address(1)]);

        Assert.Empty(Kinds());
        Assert.Equal(CloseReason.NotNeeded, _neighbourhood.Admit(Make(incoming: true, 9), out _));
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

        var refusal = _neighbourhood.Admit(second, out var loser);

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

        Assert.Equal(CloseReason.Full, _neighbourhood.Admit(Make(incoming: true, 9), out _));
        Search([Address(1)]);
        Assert.DoesNotContain(ClientActionKind.Connect, Kinds());
    }

    [Fact]
    public void NextToDrop_AboveTheSoftLimit_IsTheLeastUseful()
    {
        for (var i = 0; i <= _options.SoftLimit; i++)
            Open(incoming: true, remote: 100 + i).Given = i == 7 ? 0 : 1_000 + i;

        var dropped = _neighbourhood.NextToDrop(Now);

        Assert.Equal(new PeerId(107), dropped!.Value.Link.Remote);
        Assert.Equal(CloseReason.Full, dropped.Value.Reason);
    }

    [Fact]
    public void NextToDrop_IdleOrNeverUp_IsDueWhenSaid()
    {
        Open(incoming: true, remote: 3);
        Search([Address(4)]);
        Assert.Null(_neighbourhood.NextToDrop(Now));
        Assert.Equal(Now + _options.ConnectTimeout, _neighbourhood.NextCheck());

        var late = _neighbourhood.NextToDrop(Now + _options.ConnectTimeout)!.Value;
        Assert.Equal((CloseReason.TimedOut, new PeerId(4)), (late.Reason, late.Link.Remote!.Value));
        _links.Remove(late.Link);

        Assert.Equal(Now + _options.IdleTimeout, _neighbourhood.NextCheck());
        Assert.Equal(CloseReason.Idle, _neighbourhood.NextToDrop(Now + _options.IdleTimeout)!.Value.Reason);
    }

    private static NodeAddress Address(int number) => new(new PeerId((UInt128)number), "peer", 4000 + number);

    private Link Make(bool incoming, int remote)
    {
        var connection = incoming ? new ConnectionId(-1_000 - _links.Count) : _links.NextConnection();
        var link = new Link(connection, isNode: false, default, new PeerSpeed(64_000, 0.25), Now)
        {
            Remote = new PeerId((UInt128)remote),
        };
        return link;
    }

    private Link Open(bool incoming, int remote)
    {
        var link = Make(incoming, remote);
        link.State = LinkState.Open;
        _links.Add(link);
        return link;
    }

    private void Search(IEnumerable<NodeAddress> candidates) =>
        _neighbourhood.Search(File, [.. candidates], Now, ref _actions);

    private ClientActionKind[] Kinds() => [.. _actions.Actions.ToArray().Select(action => action.Kind)];
}
