using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Downloads;
using SpotifyCore.Core.Tests.World;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Tests;

/// <summary>A play whose sources crash, lie, stay silent or lack what is wanted.</summary>
public sealed class ClientCoreTroubleTests
{
    private static readonly PlayId One = new(1);
    private static readonly PlayId Two = new(2);

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

    [Theory]
    [InlineData(true, 0.75)]
    [InlineData(true, 1.5)]
    [InlineData(false, 0.75)]
    [InlineData(false, 1.5)] // Later than what an output that keeps no time waits for.
    public void Play_NodeSilentFromTheStart_OtherNodeIsAsked(bool paced, double hedgeSeconds)
    {
        var hedge = TimeSpan.FromSeconds(hedgeSeconds);
        var world = new NetWorld(options => options.Nodes.HedgeAfterInNeed = hedge, paced);
        world.AddNode().IsSilent = true;
        world.AddNode();
        var track = world.AddTrack(1, seconds: 60);
        world.GoOnline();

        Assert.True(world.PlayToEnd(One, track));
        Assert.InRange(world.Ear(One).StartTime!.Value.TotalSeconds, 0, hedgeSeconds + 0.5);
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
    public void Play_PeerForgotWhatItOffered_IsAskedAgainAndCarriesOn()
    {
        var world = new NetWorld();
        world.AddNode();
        var peer = world.AddPeer();
        var track = world.AddTrack(1, seconds: 60);
        world.GoOnline();
        world.Choose(One, track);
        Assert.True(world.Clock.RunUntil(() => peer.SentBytes > 0, TimeSpan.FromSeconds(30)));
        var before = peer.SentBytes;

        peer.HasForgotten = true;

        Assert.True(world.RunToEnd(One));
        Assert.False(peer.HasForgotten);
        Assert.InRange(peer.SentBytes, before + (track.Manifest.Length / 4), track.Manifest.Length);
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
    public void Play_OnlyPeerWasBusyForLong_IsAskedSoonWhileTheListenerWaits()
    {
        var world = new NetWorld();
        var peer = world.AddPeer();
        peer.IsBusy = true;
        world.Choose(One, world.AddTrack(1, seconds: 60));
        world.Clock.Run(TimeSpan.FromSeconds(8.5));

        peer.IsBusy = false;

        Assert.True(world.Clock.RunUntil(() => peer.SentBytes > 0, TimeSpan.FromSeconds(2.5)));
    }

    [Fact]
    public void Play_PeerThatLackedTheFileFetchesIt_IsAskedAnewAndGivesIt()
    {
        var world = new NetWorld();
        var peer = world.AddPeer();
        peer.Holds = false;
        world.Choose(One, world.AddTrack(1, seconds: 60));
        world.Clock.Run(TimeSpan.FromSeconds(1));
        world.Accept(peer);
        world.Clock.Run(TimeSpan.FromSeconds(2));

        peer.Holds = true;

        Assert.True(world.Clock.RunUntil(() => peer.SentBytes > 0, TimeSpan.FromSeconds(6)));
    }

    [Fact]
    public void Play_NodeComesUpAsPatienceEnds_HasItsTimeToo()
    {
        var world = new NetWorld();
        var node = world.AddNode();
        node.Thinks = TimeSpan.FromSeconds(4);
        node.Crash();
        var track = world.AddTrack(1, seconds: 60);
        world.GoOnline();
        world.Choose(One, track);
        world.Clock.Run(TimeSpan.FromSeconds(17));

        node.Recover();

        Assert.True(world.RunToEnd(One));
        Assert.Empty(world.Failures);
    }

    [Fact]
    public void Play_PeerComesToTheTrackerWhileTheListenerWaits_IsFoundBeforeItIsGivenUp()
    {
        var world = new NetWorld();
        var track = world.AddTrack(1, seconds: 60);
        world.GoOnline();
        world.Choose(One, track);
        world.Clock.Run(TimeSpan.FromSeconds(10));

        world.AddPeer();

        Assert.True(world.RunToEnd(One));
        Assert.Empty(world.Failures);
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
    public void Seek_ToTheLastMomentHeldWithNoSourceLeft_FailsWithAReason()
    {
        var world = new NetWorld();
        var node = world.AddNode();
        var track = world.AddTrack(1, seconds: 240);
        world.Choose(One, track);
        world.Clock.Run(TimeSpan.FromSeconds(3));
        node.Crash();
        world.Clock.Run(TimeSpan.FromSeconds(1));
        var held = 0u;
        while (world.Cache.Has(new ChunkId(track.Manifest.File, held)))
            held++;

        // Less than the player wants before it sounds again, though not nothing.
        var end = PlaybackPoint.FirstSampleOf(track.Manifest, held) - track.Manifest.PreSkip;
        world.Seek(One, TimeSpan.FromSeconds(end / 48_000.0) - TimeSpan.FromMilliseconds(50));

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
}
