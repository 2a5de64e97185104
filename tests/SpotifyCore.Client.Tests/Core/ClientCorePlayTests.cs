using SpotifyCore.Client.Tests.Core.World;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Client.Tests.Core;

public sealed class ClientCorePlayTests
{
    private static readonly PlayId One = new(1);
    private static readonly PlayId Two = new(2);

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
    public void Play_NodeCrashes_OtherNodeTakesOver()
    {
        var world = new NetWorld();
        var node = world.AddNode();
        world.AddNode();
        var track = world.AddTrack(1, seconds: 90);
        world.GoOnline();
        world.Choose(One, track);
        world.Clock.After(TimeSpan.FromMilliseconds(150), node.Crash);

        Assert.True(world.RunToEnd(One));
        Assert.Equal(0, world.Ear(One).Stutters);
        Assert.Equal(track.Manifest.Length, world.Statistics(One).Played(Tier.Production));
    }

    [Fact]
    public void Play_NodeSilentFromTheStart_OtherNodeIsAsked()
    {
        var world = new NetWorld();
        world.AddNode().IsSilent = true;
        world.AddNode();
        var track = world.AddTrack(1, seconds: 60);
        world.GoOnline();

        Assert.True(world.PlayToEnd(One, track));
        Assert.InRange(world.Ear(One).StartTime!.Value.TotalSeconds, 0, 3);
    }

    [Fact]
    public void Play_OnlyNodeCrashesAndRecovers_GoesOn()
    {
        var world = new NetWorld();
        var node = world.AddNode();
        var track = world.AddTrack(1, seconds: 120);
        world.GoOnline();
        world.Choose(One, track);
        world.Clock.After(TimeSpan.FromSeconds(10), node.Crash);
        world.Clock.After(TimeSpan.FromSeconds(18), node.Recover);

        Assert.True(world.RunToEnd(One));
        Assert.Equal(0, world.Ear(One).Stutters);
    }

    [Fact]
    public void Play_PeerLies_IsBannedAndNobodyHears()
    {
        var world = new NetWorld();
        world.AddNode();
        var liar = world.AddPeer();
        liar.Lies = true;
        world.AddPeer();
        var track = world.AddTrack(1, seconds: 90);
        world.GoOnline();

        Assert.True(world.PlayToEnd(One, track));

        Assert.Equal(0, world.Ear(One).Stutters);
        Assert.Contains(world.Wire.Closes, close => close.Reason == CloseReason.WrongChunk);
        Assert.True(world.Statistics(One).WrongBytes > 0);
        Assert.Empty(liar.Connections);

        var again = world.AddTrack(2, seconds: 30);
        Assert.True(world.PlayToEnd(Two, again));
        Assert.Empty(liar.Connections);
        Assert.Equal(0, world.Statistics(Two).WrongBytes);
    }

    [Fact]
    public void Play_PeersSilent_ProductionSavesIt()
    {
        var world = new NetWorld();
        world.AddNode();
        for (var i = 0; i < 3; i++)
            world.AddPeer().IsSilent = true;

        var track = world.AddTrack(1, seconds: 120);
        world.GoOnline();

        Assert.True(world.PlayToEnd(One, track));
        Assert.Equal(0, world.Ear(One).Stutters);
        Assert.Equal(track.Manifest.Length, world.Statistics(One).Played(Tier.Production));
        Assert.Contains(world.Wire.Closes, close => close.Reason == CloseReason.Silent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Play_TimersGoOffEarly_SilentPeersAreFoundOutAllTheSame(bool paced)
    {
        var world = new NetWorld(paced: paced) { WakesEarly = TimeSpan.FromMilliseconds(1) };
        world.AddNode();
        world.AddPeer().IsSilent = true;
        var track = world.AddTrack(1, seconds: 120);
        world.GoOnline();

        Assert.True(world.PlayToEnd(One, track));
        Assert.Equal(track.Manifest.Length, world.Statistics(One).Played(Tier.Production));
    }

    [Fact]
    public void Play_PeersTooSlow_ProductionFillsTheGaps()
    {
        var world = new NetWorld();
        world.AddNode();
        world.AddPeer().BytesPerSecond = 8_000;
        var track = world.AddTrack(1, seconds: 120);
        world.GoOnline();

        Assert.True(world.PlayToEnd(One, track));
        Assert.Equal(0, world.Ear(One).Stutters);
        Assert.True(world.Statistics(One).Played(Tier.Peers) > 0);
    }

    [Fact]
    public void Play_PeersBusyOrLacking_ProductionCarriesIt()
    {
        var world = new NetWorld();
        world.AddNode();
        world.AddPeer().IsBusy = true;
        var empty = world.AddPeer();
        (empty.Holds, empty.Promises) = (false, true);
        var track = world.AddTrack(1, seconds: 60);
        world.GoOnline();

        Assert.True(world.PlayToEnd(One, track));
        Assert.Equal(0, world.Ear(One).Stutters);
    }

    [Fact]
    public void Play_NoProduction_PeersGiveTheHeadToo()
    {
        var world = new NetWorld();
        world.AddPeer();
        world.AddPeer();
        var track = world.AddTrack(1, seconds: 60);

        Assert.True(world.PlayToEnd(One, track));
        Assert.Equal(track.Manifest.Length, world.Statistics(One).Played(Tier.Peers));
        Assert.Equal(0, world.Ear(One).Stutters);
    }

    [Fact]
    public void Play_NoSourceAtAll_FailsWithAReason()
    {
        var world = new NetWorld();
        world.AddNode().Crash();
        var track = world.AddTrack(1, seconds: 60);
        world.Choose(One, track);

        Assert.False(world.RunToEnd(One, TimeSpan.FromSeconds(60)));
        Assert.Equal([(One, DeliveryFailure.NoSource)], world.Failures);
        Assert.True(world.Clock.Now.Ticks < TimeSpan.FromSeconds(25).Ticks);
    }

    [Fact]
    public void Play_NoSourceForTheRestOfAFileThatHasNotBegun_FailsWithAReason()
    {
        var world = new NetWorld();
        world.AddNode().Crash();
        var track = world.AddTrack(1, seconds: 60);
        for (var chunk = 0u; chunk < 5; chunk++)
            world.Cache.Put(new ChunkId(track.Manifest.File, chunk));

        world.Choose(One, track);

        Assert.False(world.RunToEnd(One, TimeSpan.FromSeconds(120)));
        Assert.Equal([(One, DeliveryFailure.NoSource)], world.Failures);
    }

    [Fact]
    public void Play_EveryNodeLacksTheFile_Fails()
    {
        var world = new NetWorld();
        world.AddNode().Holds = false;
        world.AddNode().Holds = false;
        var track = world.AddTrack(1, seconds: 60);
        world.Choose(One, track);

        Assert.False(world.RunToEnd(One, TimeSpan.FromSeconds(60)));
        Assert.Equal([(One, DeliveryFailure.NoSource)], world.Failures);
    }

    [Fact]
    public void Play_UnknownTrack_Fails()
    {
        var world = new NetWorld();
        world.AddNode();
        world.Choose(One, TestTrack.Create(99, seconds: 10));

        Assert.False(world.RunToEnd(One, TimeSpan.FromSeconds(5)));
        Assert.Equal([(One, DeliveryFailure.UnknownTrack)], world.Failures);
    }

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
    public void Play_CacheForgets_ChunksAreFetchedAgain()
    {
        var world = new NetWorld();
        world.AddNode();
        world.AddPeer();
        world.Cache.Limit = 12;
        var track = world.AddTrack(1, seconds: 120);
        world.GoOnline();

        Assert.True(world.PlayToEnd(One, track));
        var statistics = world.Statistics(One);
        Assert.Equal(track.Manifest.Length, statistics.Played(Tier.Production) + statistics.Played(Tier.Peers));
    }

    [Fact]
    public void Play_CacheRefuses_FetchesNoFurtherThanTheFeed()
    {
        var world = new NetWorld();
        var node = world.AddNode();
        world.Cache.Refuses = true;
        var track = world.AddTrack(1, seconds: 120);
        world.GoOnline();

        Assert.True(world.PlayToEnd(One, track));
        Assert.Equal(0, world.Ear(One).Stutters);
        Assert.InRange(node.SentBytes, track.Manifest.Length, track.Manifest.Length * 11 / 10);
        Assert.Empty(world.Announced);
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
    public void Play_NodeDrains_TheOtherTakesOverWithoutAGap()
    {
        var world = new NetWorld();
        var node = world.AddNode();
        world.AddNode();
        var track = world.AddTrack(1, seconds: 120);
        world.GoOnline();
        world.Choose(One, track);
        world.Clock.Run(TimeSpan.FromSeconds(20));

        world.Bring(node.Connections[0], PeerMessage.GoAway(ProtocolCode.GoingAway));
        var sent = node.SentBytes;

        Assert.True(world.RunToEnd(One));
        Assert.Equal(0, world.Ear(One).Stutters);
        Assert.InRange(node.SentBytes - sent, 0, 40 * 16_384);
        Assert.NotEqual(0, world.Nodes[1].SentBytes);
    }

    [Fact]
    public void PeersFound_ForAFileNobodyFetches_ConnectsToNobody()
    {
        var world = new NetWorld();
        var peer = world.AddPeer();
        world.Raise(ClientEvent.PeersFound(TestTrack.Create(1, 30).Manifest.File, [peer.Address]));

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
