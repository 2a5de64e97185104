using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Tests.World;

namespace SpotifyCore.Core.Tests;

public sealed class ClientCorePlayTests
{
    private static readonly PlayId One = new(1);

    [Fact]
    public void Play_ColdWithoutPeers_ComesFromProductionWithoutStutter()
    {
        var world = new NetWorld();
        var node = world.AddNode();
        var track = world.AddTrack(1, seconds: 120);
        world.GoOnline();

        Assert.True(world.PlayToEnd(One, track));

        var statistics = world.Statistics(One);
        Assert.Equal(track.Manifest.Length, statistics.Played(Tier.Production));
        Assert.Equal(track.Manifest.Length, node.SentBytes);
        Assert.Equal(0, world.Ear(One).Stutters);
        Assert.True(statistics.Cold);
        Assert.InRange(world.Ear(One).StartTime!.Value.TotalMilliseconds, 60, 120);
        Assert.Equal([track.Manifest.File], world.Announced);
    }

    [Fact]
    public void Play_Cached_AsksNobodyAndStartsAtOnce()
    {
        var world = new NetWorld { OpenTakes = TimeSpan.Zero };
        world.AddNode();
        var track = world.AddTrack(1, seconds: 60);
        world.Cache.Fill(track.Manifest);
        world.GoOnline();

        Assert.True(world.PlayToEnd(One, track));

        Assert.Equal(track.Manifest.Length, world.Statistics(One).Played(Tier.Cache));
        Assert.False(world.Statistics(One).Cold);
        Assert.Equal(0, world.Nodes[0].RequestsTaken);
        Assert.InRange(world.Ear(One).StartTime!.Value.TotalMilliseconds, 0, 5);
        Assert.Equal(0, world.Ear(One).Stutters);
    }

    [Fact]
    public void Play_WithPeers_PeersCarryTheBulk()
    {
        var world = new NetWorld();
        world.AddNode();
        for (var i = 0; i < 3; i++)
            world.AddPeer();

        var track = world.AddTrack(1, seconds: 180);
        world.GoOnline();

        Assert.True(world.PlayToEnd(One, track));

        var statistics = world.Statistics(One);
        Assert.InRange(statistics.Played(Tier.Peers), track.Manifest.Length * 88 / 100, track.Manifest.Length);
        Assert.Equal(track.Manifest.Length, statistics.Played(Tier.Peers) + statistics.Played(Tier.Production));
        Assert.Equal(0, world.Ear(One).Stutters);
        Assert.InRange(statistics.UnusedBytes, 0, track.Manifest.Length * 3 / 100);
    }

    [Fact]
    public void Play_MasterReported_CountsAsMaster()
    {
        var world = new NetWorld();
        world.AddNode().Tier = Tier.Master;
        var track = world.AddTrack(1, seconds: 30);

        Assert.True(world.PlayToEnd(One, track));

        Assert.Equal(track.Manifest.Length, world.Statistics(One).Played(Tier.Master));
    }

    [Fact]
    public void Play_NoPeers_ProductionStaysWithinTheLookAhead()
    {
        var world = new NetWorld();
        var node = world.AddNode();
        var track = world.AddTrack(1, seconds: 240);
        world.GoOnline();
        world.Choose(One, track);

        world.Clock.Run(TimeSpan.FromSeconds(1));
        Assert.InRange(node.SentBytes, 3 * 20_000, 6 * 20_000);

        world.Clock.Run(TimeSpan.FromSeconds(9));
        Assert.InRange(node.SentBytes, 38 * 20_000, 43 * 20_000);
    }

    [Fact]
    public void Play_AsFastAsItDecodes_KeepsUp()
    {
        var world = new NetWorld(paced: false);
        world.AddNode();
        var track = world.AddTrack(1, seconds: 240);
        world.GoOnline();
        world.Choose(One, track);

        // 4.8 MB at 1 MB/s: the pipe must stay full.
        Assert.True(world.RunToEnd(One, TimeSpan.FromSeconds(7)));
        Assert.Equal(track.Manifest.Length, world.Statistics(One).Played(Tier.Production));
    }

    [Fact]
    public void Play_AsFastAsItDecodesWithPeers_PeersCarryTheBulk()
    {
        var world = new NetWorld(paced: false);
        world.AddNode();
        world.AddPeer().BytesPerSecond = 1_000_000;
        var track = world.AddTrack(1, seconds: 240);
        world.GoOnline();
        world.Choose(One, track);

        Assert.True(world.RunToEnd(One, TimeSpan.FromSeconds(20)));
        var length = track.Manifest.Length;
        Assert.InRange(world.Statistics(One).Played(Tier.Peers), length * 80 / 100, length);
    }

    [Fact]
    public void Play_SlowProduction_GathersBeforeItSounds()
    {
        var world = new NetWorld();
        world.AddNode().BytesPerSecond = 22_000;
        var track = world.AddTrack(1, seconds: 60);
        world.GoOnline();

        Assert.True(world.PlayToEnd(One, track));
        Assert.Equal(0, world.Ear(One).Stutters);
        Assert.InRange(world.Ear(One).StartTime!.Value.TotalSeconds, 1, 12);
    }

    [Fact]
    public void Play_MasterMustFetchFirst_IsWaitedFor()
    {
        var world = new NetWorld();
        world.AddNode().Thinks = TimeSpan.FromSeconds(3);
        var track = world.AddTrack(1, seconds: 60);
        world.GoOnline();

        Assert.True(world.PlayToEnd(One, track));
        Assert.Empty(world.Wire.Closes);
    }

    [Fact]
    public void PeersFound_ForAFileNobodyFetches_ConnectsToNobody()
    {
        var world = new NetWorld();
        var peer = world.AddPeer();
        world.Raise(new PeersFound(TestTrack.Create(1, 30).Manifest.File, [peer.Address]));

        Assert.Equal(0, world.Status.Peers);
    }

    [Fact]
    public void Play_SameSeed_SameTrace()
    {
        static ulong Run(ulong seed)
        {
            var world = new NetWorld(options => options.Seed = seed);
            var node = world.AddNode();
            world.AddNode();
            for (var i = 0; i < 4; i++)
                world.AddPeer().BytesPerSecond = 30_000 * (i + 1);

            world.Peers[2].Lies = true;
            var track = world.AddTrack(1, seconds: 120);
            world.GoOnline();
            world.Clock.After(TimeSpan.FromSeconds(9), node.Crash);
            world.Clock.After(TimeSpan.FromSeconds(12), () => world.Seek(One, TimeSpan.FromSeconds(60)));
            Assert.True(world.PlayToEnd(One, track));
            return world.Trace;
        }

        Assert.Equal(Run(5), Run(5));
        Assert.NotEqual(Run(5), Run(6));
    }
}
