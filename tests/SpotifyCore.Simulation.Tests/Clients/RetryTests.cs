using SpotifyCore.Simulation.Clients;

namespace SpotifyCore.Simulation.Tests.Clients;

/// <summary>A play that has sounded, waits to be tried again, and somebody comes.</summary>
public sealed class RetryTests
{
    private readonly Stage _stage = new();

    [Fact]
    public void WhoHoldsTheFileConnects_IsTriedAtOnce()
    {
        var track = GiveUpRepeatedly();
        var holder = _stage.AddPeer();
        _stage.World.Fill(holder, track);

        Connect(holder);
        _stage.Run(1);

        Assert.Equal(track, _stage.Listener.PlayingTrack);
        Assert.False(_stage.Listener.Playback.Current!.IsWaiting);
    }

    [Fact]
    public void WhoLacksTheFileConnects_IsTriedOnceWithinSeconds()
    {
        GiveUpRepeatedly();
        var waiting = _stage.Listener.Playback.Current!;
        var peer = _stage.AddPeer();

        Connect(peer);
        _stage.Run(3);
        Assert.Same(waiting, _stage.Listener.Playback.Current);
        Assert.True(_stage.RunUntil(() => waiting != _stage.Listener.Playback.Current, 5.5));

        var tried = _stage.Listener.Playback.Current!;
        _stage.Run(10);
        Assert.Same(tried, _stage.Listener.Playback.Current);
    }

    /// <summary>What sounded has failed so often that the pauses are of 15 s and more.</summary>
    private int GiveUpRepeatedly()
    {
        var node = _stage.AddNode();
        var track = _stage.AddTrack(240);
        _stage.GoOnline();
        _stage.Listener.Play(track);
        _stage.Run(3);
        node.Crash();
        for (var failures = 0; failures < 7; failures++)
        {
            Assert.True(_stage.RunUntil(() => !_stage.Listener.Playback.Current!.IsWaiting, 40));
            Assert.True(_stage.RunUntil(() => _stage.Listener.Playback.Current!.IsWaiting, 120));
        }

        return track;
    }

    /// <summary>The peer connects to the listener, of whom the tracker tells it for a track of the listener's.</summary>
    private void Connect(SimClient peer)
    {
        var lure = _stage.AddTrack(60);
        _stage.World.Fill(_stage.Listener, lure, announced: true);
        peer.Play(lure);
        Assert.True(_stage.RunUntil(() => _stage.Listener.Status.Peers > 0, 5));
    }
}
