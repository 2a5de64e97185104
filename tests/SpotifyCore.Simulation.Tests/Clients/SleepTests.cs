using SpotifyCore.Content.Sources;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Running;

namespace SpotifyCore.Simulation.Tests.Clients;

/// <summary>A laptop that sleeps, or a process that is stopped: what was under way is nobody's fault.</summary>
public sealed class SleepTests
{
    private readonly Stage _stage = new();

    [Theory]
    [InlineData(true, 10)]
    [InlineData(true, 8 * 3600)]
    [InlineData(false, 10)]
    [InlineData(false, 100)]
    public void Sleep_ChunksInFlight_AreAskedAgainAndCountAgainstNobody(bool ofNode, int seconds)
    {
        var track = _stage.AddTrack(120);
        if (ofNode)
            _stage.AddNode(40_000);
        else
            _stage.AddHolder(track, new ClientSpec { UpBytesPerSecond = 40_000 });

        _stage.GoOnline();
        _stage.Listener.Play(track);
        _stage.Run(1);
        Assert.True(_stage.Listener.Status.Requests > 0);
        var attempts = _stage.World.Network.Attempts;

        Sleep(seconds);

        var play = _stage.Finish(track);
        Assert.True(play.IsComplete);
        Assert.Equal(_stage.LengthOf(track), play.Bytes.Played(ofNode ? Tier.Production : Tier.Peers));
        Assert.Equal(0, _stage.World.AccessPoint.Reports);

        // Connections outlive a short one.
        Assert.InRange(_stage.World.Network.Attempts - attempts, 0, seconds > 100 ? 2 : 0);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(8 * 3600)]
    public void Sleep_WhileWaitingForASource_IsNoReasonToGiveUp(int seconds)
    {
        var node = _stage.AddNode();
        node.Crash();
        var track = _stage.AddTrack(60);
        _stage.GoOnline();
        _stage.Listener.Play(track);
        _stage.Run(15);

        Sleep(seconds);
        _stage.Run(4);
        node.Recover();

        Assert.True(_stage.Finish(track).IsComplete);
    }

    [Fact]
    public void Sleep_WhileConnecting_IsNotTheFarSidesDelay()
    {
        var stage = new Stage(options: new WorldOptions
        {
            ChecksAll = true, RoundTripWithin = TimeSpan.FromMilliseconds(100),
        });
        var track = stage.AddTrack(60);
        stage.AddHolder(track);
        stage.GoOnline();
        stage.Listener.Play(track);
        Assert.True(stage.RunUntil(() => stage.World.Network.Attempts > 0, 1));

        stage.Listener.SleepUntil(stage.World.Now + TimeSpan.FromMinutes(1));

        Assert.True(stage.Finish(track).IsComplete);
        Assert.Equal(1, stage.World.Network.Attempts);
    }

    private void Sleep(int seconds)
    {
        _stage.Listener.SleepUntil(_stage.World.Now + TimeSpan.FromSeconds(seconds));
        _stage.Run(seconds);
    }
}
