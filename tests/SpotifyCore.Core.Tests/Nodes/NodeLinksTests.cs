using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Core.Nodes;
using static SpotifyCore.Core.Tests.TestDownload;

namespace SpotifyCore.Core.Tests.Nodes;

public sealed class NodeLinksTests
{
    private static readonly FileId File = new(7);

    private readonly NodeOptions _options = new();
    private readonly LinkTable _links = new();
    private readonly NodeLinks _nodes;
    private readonly ActionBuffer _actions = new(8);

    public NodeLinksTests()
    {
        _nodes = new NodeLinks(_options, _links, seed: 1);
        _nodes.Use([Address(1), Address(2)]);
    }

    [Fact]
    public void Ensure_FirstComesUp_IsTheOnlyOne()
    {
        Ensure(Now);
        Open(0);
        Ensure(Now + Seconds(60));

        Assert.Equal([Address(1)], Connects());
        Assert.Same(_links[0], _nodes.Best(File, Now));
    }

    [Fact]
    public void Ensure_FirstIsSlowToComeUp_ConnectsTheNextToo()
    {
        Ensure(Now);
        Ensure(Now + _options.ConnectHedge);

        Assert.Equal([Address(1), Address(2)], Connects());
        Assert.Null(_nodes.NextTimedOut(Now + _options.ConnectHedge));
        Assert.Same(_links[0], _nodes.NextTimedOut(Now + _options.ConnectTimeout));
    }

    [Fact]
    public void Ensure_NotNeeded_WaitsForTheFirst()
    {
        Ensure(Now, NodeNeed.None);
        Ensure(Now + Seconds(1), NodeNeed.None);

        Assert.Equal([Address(1)], Connects());
    }

    [Fact]
    public void NoteLost_First_NextIsConnectedAtOnceAndTheFirstAfterAPause()
    {
        Ensure(Now);
        Open(0);
        Lose(_links[0]);
        Ensure(Now);
        Assert.Equal([Address(1), Address(2)], Connects());

        var back = _nodes.NextCheck(Now);
        Assert.InRange((back - Now).TotalSeconds, 0.1, 0.25);
        Ensure(back);
        Assert.Equal([Address(1), Address(2), Address(1)], Connects());
    }

    [Fact]
    public void NoteLost_AgainAndAgain_PausesGrowToTheLongest()
    {
        _nodes.Use([Address(1)]);
        var now = Now;
        for (var i = 0; i < 12; i++)
        {
            Ensure(now);
            _nodes.NoteLost(_links[0], wrong: false, now);
            _links.Remove(_links[0]);
            now += _options.LongestPause;
        }

        var lost = now - _options.LongestPause;
        Ensure(lost + (_options.LongestPause / 2) - TimeSpan.FromTicks(1));
        Assert.Equal(0, _links.Count);
        Ensure(lost + _options.LongestPauseInNeed, NodeNeed.Waiting);
        Assert.Equal(1, _links.Count);
    }

    [Fact]
    public void Best_NodeThatFailedLately_OnlyForWantOfAnother()
    {
        Ensure(Now);
        Open(0);
        Lose(_links[0]);
        var back = Now + Seconds(1);
        Ensure(back);
        Ensure(back + _options.ConnectHedge);
        Open(0);
        Open(1);
        var (second, first) = (_links[0].Address == Address(2) ? 0 : 1, _links[0].Address == Address(1) ? 0 : 1);

        Assert.Same(_links[second], _nodes.Best(File, back));
        Assert.Same(_links[first], _nodes.Best(File, back, except: _links[second]));
        _nodes.NoteGood(_links[first]);
        Assert.Same(_links[first], _nodes.Best(File, back));
    }

    [Fact]
    public void NoteLacks_File_OthersAreAskedAWhile()
    {
        Ensure(Now);
        Open(0);
        _nodes.NoteLacks(_links[0], File, Now);

        Assert.Null(_nodes.Best(File, Now));
        Assert.NotNull(_nodes.Best(new FileId(8), Now));
        Assert.Equal(Now + _options.LacksPause, _nodes.NextCheck(Now));
        Assert.NotNull(_nodes.Best(File, Now + _options.LacksPause));
    }

    [Fact]
    public void Use_OtherNodes_GivesBackTheLinksOfTheFormer()
    {
        Ensure(Now);
        Open(0);

        Assert.Empty(_nodes.Use([Address(3), Address(1)]));
        Assert.Equal([_links[0]], _nodes.Use([Address(3)]));
    }

    private static NodeAddress Address(int number) => new(new PeerId((UInt128)number), "node", number);

    private void Ensure(Instant now, NodeNeed need = NodeNeed.Playing) => _nodes.Ensure(need, now, _actions);

    private void Open(int place) => (_links[place].State, _links[place].RequestLimit) = (LinkState.Open, 64);

    private void Lose(Link link)
    {
        _links.Remove(link);
        _nodes.NoteLost(link, wrong: false, Now);
    }

    private NodeAddress[] Connects() => [.. _actions.Of<Connect>().ToArray().Select(connect => connect.Address)];
}
