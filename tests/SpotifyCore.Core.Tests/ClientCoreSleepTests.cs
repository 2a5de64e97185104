using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Core.Tests.World;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Tests;

/// <summary>A laptop that sleeps, or a process that is stopped: what was under way is nobody's fault.</summary>
public sealed class ClientCoreSleepTests
{
    private static readonly PlayId One = new(1);

    [Theory]
    [InlineData(true, 10)]
    [InlineData(true, 8 * 3600)]
    [InlineData(false, 10)]
    [InlineData(false, 8 * 3600)]
    public void Sleep_ChunksInFlight_AreAskedAgainAndCountAgainstNobody(bool ofNode, int seconds)
    {
        var world = new NetWorld();
        var source = ofNode ? world.AddNode() : world.AddPeer();
        source.BytesPerSecond = 40_000;
        var track = world.AddTrack(1, seconds: 120);
        world.GoOnline();
        world.Choose(One, track);
        world.Clock.Run(TimeSpan.FromSeconds(1));
        Assert.True(world.Status.Requests > 0);

        // What was asked of it is lost.
        source.IsSilent = true;
        world.Clock.Sleep(TimeSpan.FromSeconds(seconds));
        var asked = source.RequestsTaken;
        world.Clock.Run(source.Latency / 2);
        source.IsSilent = false;
        world.Clock.Run(source.Latency);

        Assert.InRange(source.RequestsTaken, asked + 1, int.MaxValue);
        Assert.True(world.RunToEnd(One));
        Assert.Empty(world.Wire.Closes);
        Assert.Empty(world.Reported);
        Assert.Equal(track.Manifest.Length, world.Statistics(One).Played(ofNode ? Tier.Production : Tier.Peers));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(8 * 3600)]
    public void Sleep_ChunkOnItsWayToAPeer_MayTakeItsTime(int seconds)
    {
        var world = new NetWorld(options => options.Uploads.MaxBytesPerSecond = int.MaxValue);
        var track = world.AddTrack(1, seconds: 60);
        world.Cache.Fill(track.Manifest);
        world.Wire.CompletesUploads = false;
        var peer = world.Accept(world.AddPeer(), account: 7);
        world.Bring(peer, PeerMessage.RequestHave(1, track.Manifest.File));
        world.Bring(peer, PeerMessage.RequestChunks(2, track.Manifest.File, 0, 2, RequestPriority.Playing, 0));
        world.Clock.Run(TimeSpan.FromSeconds(25));

        world.Clock.Sleep(TimeSpan.FromSeconds(seconds));
        world.Clock.Run(TimeSpan.FromSeconds(29));
        Assert.Empty(world.Wire.Closes);

        // Half a minute of its own is over.
        world.Clock.Run(TimeSpan.FromSeconds(2));
        Assert.Equal([(peer, CloseReason.Stalled)], world.Wire.Closes);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(8 * 3600)]
    public void Sleep_WhileWaitingForASource_IsNoReasonToGiveUp(int seconds)
    {
        var world = new NetWorld();
        var node = world.AddNode();
        node.Crash();
        var track = world.AddTrack(1, seconds: 60);
        world.Choose(One, track);
        world.Clock.Run(TimeSpan.FromSeconds(15));

        world.Clock.Sleep(TimeSpan.FromSeconds(seconds));
        world.Clock.Run(TimeSpan.FromSeconds(4));
        Assert.Empty(world.Failures);

        node.Recover();
        Assert.True(world.RunToEnd(One));
    }

    [Fact]
    public void Sleep_WhileConnecting_IsNotTheFarSidesDelay()
    {
        var world = new NetWorld();
        var peer = world.AddPeer();
        peer.Latency = TimeSpan.FromMilliseconds(100);
        var track = world.AddTrack(1, seconds: 60);
        world.Choose(One, track);
        world.Clock.Run(TimeSpan.FromMilliseconds(100));

        world.Clock.Sleep(TimeSpan.FromMinutes(1));

        Assert.True(world.RunToEnd(One));
        Assert.Empty(world.Wire.Closes);
        Assert.Empty(world.Reversed);
    }

    /// <summary>A busy machine is no sleep: who is silent for so long is silent.</summary>
    [Fact]
    public void Delay_ShorterThanASleep_Counts()
    {
        var world = new NetWorld();
        world.AddNode();
        var silent = world.AddPeer();
        silent.IsSilent = true;
        var track = world.AddTrack(1, seconds: 120);
        world.GoOnline();
        world.Choose(One, track);
        Assert.True(world.Clock.RunUntil(() => silent.RequestsTaken > 0, TimeSpan.FromSeconds(30)));
        world.Clock.Run(TimeSpan.FromMilliseconds(200));
        var taken = silent.RequestsTaken;

        world.Clock.Sleep(TimeSpan.FromSeconds(4.5));
        world.Clock.Run(silent.Latency * 2);

        Assert.Contains(world.Wire.Sent, sent => sent.Message.Kind == PeerMessageKind.Cancel);
        Assert.Equal(taken, silent.RequestsTaken);
    }
}
