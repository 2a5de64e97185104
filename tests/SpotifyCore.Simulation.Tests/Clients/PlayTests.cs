using SpotifyCore.Content.Sources;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Nodes;

namespace SpotifyCore.Simulation.Tests.Clients;

/// <summary>A play whose sources are well: where its bytes come from, and how soon it sounds.</summary>
public sealed class PlayTests
{
    private readonly Stage _stage = new();

    [Fact]
    public void Play_ColdWithoutPeers_ComesFromProductionOnce()
    {
        _stage.AddNode();
        var track = _stage.AddTrack(120);
        _stage.GoOnline();

        var play = _stage.Play(track);

        Stage.AssertHeard(play);
        Assert.True(play.IsClick && play.Claimed.Cold);
        Assert.InRange(play.Start!.Value.TotalMilliseconds, 60, 150);
        Assert.InRange(play.Listened.TotalSeconds, 119.9, 120.1);
        Assert.Equal((_stage.LengthOf(track), 0), (play.Bytes.Played(Tier.Production), play.Bytes.UnusedBytes));
        Assert.True(_stage.Listener.Holds(track));
    }

    [Fact]
    public void Play_FromTheCache_StartsAtOnceWithoutTheNetwork()
    {
        _stage.AddNode();
        var track = _stage.AddTrack(60);
        _stage.World.Fill(_stage.Listener, track);
        _stage.GoOnline();

        var play = _stage.Play(track);

        Stage.AssertHeard(play);
        Assert.False(play.Claimed.Cold);
        Assert.InRange(play.Start!.Value.TotalMilliseconds, 1, 10);
        Assert.Equal(_stage.LengthOf(track), play.Bytes.Played(Tier.Cache));
        Assert.Equal(0, _stage.World.Network.NodeRequests);
    }

    [Fact]
    public void Play_WithPeers_PeersCarryTheBulk()
    {
        _stage.AddNode();
        var track = _stage.AddTrack(180);
        var peers = Enumerable.Range(0, 3).Select(_ => _stage.AddHolder(track)).ToArray();
        _stage.GoOnline();

        var play = _stage.Play(track);

        Stage.AssertHeard(play);
        Assert.True(play is { TrackerFound: true, OverlayFound: true });
        var length = _stage.LengthOf(track);
        Assert.InRange(play.Bytes.Played(Tier.Peers), length * 88 / 100, length);
        Assert.Equal(length, play.Bytes.Played(Tier.Peers) + play.Bytes.Played(Tier.Production));
        Assert.InRange(play.Bytes.UnusedBytes, 0, length * 3 / 100);
        Assert.Equal(
            play.Bytes.Fetched(Tier.Peers) + play.Bytes.UnusedBytes, peers.Sum(peer => peer.Status.UploadedBytes));
    }

    [Fact]
    public void Play_NodeLacksTheFile_CountsAsMaster()
    {
        _stage.World.AddStorageNode(new NodeSpec());
        var track = _stage.AddTrack(30);
        _stage.GoOnline();

        Assert.Equal(_stage.LengthOf(track), _stage.Play(track).Bytes.Played(Tier.Master));
    }

    [Fact]
    public void Play_NoPeers_ProductionStaysWithinTheLookAhead()
    {
        _stage.AddNode();
        var track = _stage.AddTrack(240);
        _stage.GoOnline();
        _stage.Listener.Play(track);

        _stage.Run(1);
        Assert.InRange(_stage.Listener.CachedBytes, 3 * 20_000, 6 * 20_000);

        _stage.Run(9);
        Assert.InRange(_stage.Listener.CachedBytes, 38 * 20_000, 43 * 20_000);
    }

    [Fact]
    public void Play_AsFastAsItDecodes_KeepsUp()
    {
        var stage = new Stage(options => options.IsPaced = false);
        stage.AddNode();
        var track = stage.AddTrack(240);
        stage.GoOnline();
        stage.Listener.Play(track);

        // 4.8 MB at 1 MB/s: the pipe must stay full.
        var play = stage.Finish(track, 7);
        Assert.True(play.IsComplete);
        Assert.Equal(stage.LengthOf(track), play.Bytes.Played(Tier.Production));
    }

    [Fact]
    public void Play_AsFastAsItDecodesWithPeers_PeersCarryTheBulk()
    {
        var stage = new Stage(options => options.IsPaced = false);
        stage.AddNode();
        var track = stage.AddTrack(240);
        stage.AddHolder(track, new ClientSpec { UpBytesPerSecond = 1_000_000 });
        stage.GoOnline();
        stage.Listener.Play(track);

        var length = stage.LengthOf(track);
        var play = stage.Finish(track, 20);
        Assert.True(play.IsComplete);
        Assert.InRange(play.Bytes.Played(Tier.Peers), length * 80 / 100, length);
    }

    [Fact]
    public void Play_SlowProduction_GathersBeforeItSounds()
    {
        _stage.AddNode(22_500);
        var track = _stage.AddTrack(60);
        _stage.GoOnline();

        var play = _stage.Play(track);

        Stage.AssertHeard(play);
        Assert.InRange(play.Start!.Value.TotalSeconds, 1, 12);
    }

    [Fact]
    public void Play_MasterMustFetchFirst_IsWaitedFor()
    {
        _stage.World.AddStorageNode(new NodeSpec { MasterLatency = TimeSpan.FromSeconds(3) });
        var track = _stage.AddTrack(60);
        _stage.GoOnline();

        Assert.True(_stage.Play(track).IsComplete);
        Assert.Equal(1, _stage.World.Network.Attempts);
    }
}
