using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Tests.World;

namespace SpotifyCore.Core.Tests;

/// <summary>What a listener does to a play: seek, skip, choose another, pause, stop.</summary>
public sealed class ClientCoreListenerTests
{
    private static readonly PlayId One = new(1);
    private static readonly PlayId Two = new(2);

    [Fact]
    public void Seek_Forward_RefocusesAtOnce()
    {
        var world = new NetWorld();
        world.AddNode();
        world.AddPeer();
        var track = world.AddTrack(1, seconds: 240);
        world.GoOnline();
        world.Choose(One, track);
        world.Clock.Run(TimeSpan.FromSeconds(5));

        var before = world.Ear(One).Deliveries;
        world.Seek(One, TimeSpan.FromSeconds(200));
        world.Clock.Run(TimeSpan.FromMilliseconds(200));

        Assert.True(world.Ear(One).Deliveries > before);
        Assert.True(world.Ear(One).Sample >= 200 * 48_000);
        Assert.True(world.RunToEnd(One));
        Assert.InRange(world.Ear(One).Stutters, 0, 1);
    }

    [Fact]
    public void Seek_BackToWhatTheCacheHolds_AsksNobody()
    {
        var world = new NetWorld();
        var node = world.AddNode();
        var track = world.AddTrack(1, seconds: 40);
        world.GoOnline();
        world.Choose(One, track);
        world.Clock.Run(TimeSpan.FromSeconds(30));
        var sent = node.SentBytes;

        world.Seek(One, TimeSpan.FromSeconds(1));

        Assert.True(world.RunToEnd(One));
        Assert.Equal(track.Manifest.Length, sent);
        Assert.Equal(sent, node.SentBytes);
        Assert.Equal(track.Manifest.Length, world.Statistics(One).Played(Tier.Production));
    }

    [Fact]
    public void Seek_BeforeTheTrackIsOpen_StartsThere()
    {
        var world = new NetWorld();
        world.AddNode();
        var track = world.AddTrack(1, seconds: 60);
        world.GoOnline();
        world.Choose(One, track);
        world.Seek(One, TimeSpan.FromSeconds(50));

        Assert.True(world.RunToEnd(One, TimeSpan.FromSeconds(12)));
    }

    [Fact]
    public void Next_IsPrefetchedAndFollowsWithoutAGap()
    {
        var world = new NetWorld();
        world.AddNode();
        world.AddPeer();
        var (first, second) = (world.AddTrack(1, seconds: 60), world.AddTrack(2, seconds: 60));
        world.GoOnline();
        world.Choose(One, first);
        world.Announce(Two, second);

        Assert.True(world.RunToEnd(Two));
        Assert.Equal(TimeSpan.Zero, world.Ear(Two).StartTime);
        Assert.Equal(0, world.Ear(Two).Stutters);
        var length = second.Manifest.Length;
        Assert.InRange(world.Statistics(Two).Played(Tier.Peers), length * 99 / 100, length);
    }

    [Fact]
    public void Next_WithoutPeers_OnlyTheHeadIsPrefetched()
    {
        var world = new NetWorld();
        var node = world.AddNode();
        var (first, second) = (world.AddTrack(1, seconds: 60), world.AddTrack(2, seconds: 120));
        world.GoOnline();
        world.Choose(One, first);
        world.Announce(Two, second);

        world.Clock.Run(TimeSpan.FromSeconds(59));
        Assert.InRange(node.SentBytes - first.Manifest.Length, 3 * 20_000, 5 * 20_000);
        Assert.True(world.RunToEnd(Two));
        Assert.Equal(TimeSpan.Zero, world.Ear(Two).StartTime);
        Assert.Equal(second.Manifest.Length, world.Statistics(Two).Played(Tier.Production));
    }

    [Fact]
    public void Next_TheSameTrackAgain_TakesWhatTheFirstStoredMeanwhile()
    {
        var world = new NetWorld(options => options.Prefetch.HeadAt = TimeSpan.FromSeconds(55));
        var node = world.AddNode();
        var track = world.AddTrack(1, seconds: 60);
        world.GoOnline();
        world.Choose(One, track);
        world.Announce(Two, track);

        Assert.True(world.RunToEnd(Two));

        Assert.Equal(track.Manifest.Length, node.SentBytes);
        Assert.Equal(track.Manifest.Length, world.Statistics(Two).Played(Tier.Cache));
        Assert.Equal(0, world.Ear(Two).Stutters);
    }

    [Fact]
    public void Next_Clicked_UsesWhatWasPrefetched()
    {
        var world = new NetWorld();
        var node = world.AddNode();
        var (first, second) = (world.AddTrack(1, seconds: 60), world.AddTrack(2, seconds: 60));
        world.GoOnline();
        world.Choose(One, first);
        world.Announce(Two, second);
        world.Clock.Run(TimeSpan.FromSeconds(55));

        world.Choose(Two, second);

        Assert.True(world.RunToEnd(Two));
        Assert.InRange(world.Ear(Two).StartTime!.Value.TotalMilliseconds, 0, 5);
        Assert.Equal(first.Manifest.Length + second.Manifest.Length, node.SentBytes);
        Assert.Equal(0, world.Ear(Two).Stutters);
    }

    [Fact]
    public void Choose_AnotherTrack_CancelsTheOldRequests()
    {
        var world = new NetWorld();
        var node = world.AddNode();
        node.BytesPerSecond = 100_000;
        var (first, second) = (world.AddTrack(1, seconds: 240), world.AddTrack(2, seconds: 60));
        world.GoOnline();
        world.Choose(One, first);
        world.Clock.Run(TimeSpan.FromMilliseconds(400));

        world.Choose(Two, second);

        Assert.True(world.RunToEnd(Two));
        Assert.InRange(node.SentBytes, second.Manifest.Length, second.Manifest.Length + 120_000);
        Assert.True(world.Closed.ContainsKey(One));
    }

    [Fact]
    public void Stop_EndsEveryPlayAndAsksForNothingMore()
    {
        var world = new NetWorld();
        world.AddNode();
        var (first, second) = (world.AddTrack(1, seconds: 240), world.AddTrack(2, seconds: 60));
        world.GoOnline();
        world.Choose(One, first);
        world.Announce(Two, second);
        world.Clock.Run(TimeSpan.FromSeconds(2));

        world.Stop();

        Assert.True(world.Closed.ContainsKey(One));
        Assert.True(world.Closed.ContainsKey(Two));
        Assert.Equal(0, world.Status.Requests);
        var sent = world.Wire.Sent.Count;
        world.Clock.Run(TimeSpan.FromMinutes(1));
        Assert.Equal(sent, world.Wire.Sent.Count);
    }

    [Fact]
    public void Pause_LongAfterwards_GoesOn()
    {
        var world = new NetWorld();
        world.AddNode();
        var track = world.AddTrack(1, seconds: 60);
        world.GoOnline();
        world.Choose(One, track);
        world.Clock.Run(TimeSpan.FromSeconds(20));
        world.SetPaused(One, true);
        world.Clock.Run(TimeSpan.FromMinutes(10));

        world.SetPaused(One, false);

        Assert.True(world.RunToEnd(One, TimeSpan.FromSeconds(42)));
        Assert.Equal(0, world.Ear(One).Stutters);
    }
}
