using SpotifyCore.Content.Sources;
using SpotifyCore.Core;
using SpotifyCore.Simulation.Clients;
using SpotifyCore.Simulation.Nodes;
using SpotifyCore.Simulation.Running;

namespace SpotifyCore.Simulation.Tests.Clients;

/// <summary>A play whose sources crash, lie, stay silent or lack what is wanted.</summary>
public sealed class TroubleTests
{
    private static readonly ClientSpec Silent = new() { Lies = LieKind.EndlessPromises };

    private readonly Stage _stage = new();

    [Fact]
    public void Play_NodeCrashes_OtherNodeTakesOver()
    {
        var node = _stage.AddNode();
        _stage.AddNode();
        var track = _stage.AddTrack(90);
        _stage.GoOnline();
        _stage.Listener.Play(track);
        _stage.Run(0.15);

        node.Crash();

        var play = _stage.Finish(track);
        Stage.AssertHeard(play);
        Assert.Equal(_stage.LengthOf(track), play.Bytes.Played(Tier.Production));
    }

    [Theory]
    [InlineData(true, 0.75)]
    [InlineData(true, 1.5)]
    [InlineData(false, 0.75)]
    [InlineData(false, 1.5)] // Later than what an output that keeps no time waits for.
    public void Play_NodeSilentFromTheStart_OtherNodeIsAsked(bool paced, double hedgeSeconds)
    {
        var stage = new Stage(options =>
        {
            options.IsPaced = paced;
            options.Nodes.HedgeAfterInNeed = TimeSpan.FromSeconds(hedgeSeconds);
        });
        var node = stage.AddNode();
        stage.AddNode();
        var track = stage.AddTrack(60);
        stage.GoOnline();
        node.SleepUntil(stage.World.Now + TimeSpan.FromHours(1));

        var play = stage.Play(track);
        Assert.True(play.IsComplete);
        Assert.InRange(play.Start!.Value.TotalSeconds, 0, hedgeSeconds + 0.5);
    }

    [Fact]
    public void Play_OnlyNodeCrashesAndRecovers_GoesOn()
    {
        var node = _stage.AddNode();
        var track = _stage.AddTrack(120);
        _stage.GoOnline();
        _stage.Listener.Play(track);
        _stage.Run(10);
        node.Crash();
        _stage.Run(8);

        node.Recover();

        Stage.AssertHeard(_stage.Finish(track));
    }

    [Fact]
    public void Play_NodeDrains_TheOtherTakesOverWithoutAGap()
    {
        var node = _stage.AddNode();
        var other = _stage.AddNode();
        var track = _stage.AddTrack(120);
        _stage.GoOnline();
        _stage.Listener.Play(track);
        _stage.Run(20);

        node.Stop();

        var play = _stage.Finish(track);
        Stage.AssertHeard(play);
        Assert.Equal(0, play.Claimed.Redirected);
        Assert.InRange(other.SentBytes, 100_000, _stage.LengthOf(track));
    }

    [Fact]
    public void Play_PeerLies_IsReportedBannedAndNobodyHears()
    {
        _stage.AddNode();
        var (track, again) = (_stage.AddTrack(90), _stage.AddTrack(30));
        var liar = _stage.AddHolder(track, new ClientSpec { Lies = LieKind.WrongBytes });
        _stage.World.AccessPoint.Announce(liar, again);
        _stage.AddHolder(track, new ClientSpec { UpBytesPerSecond = 15_000 });
        _stage.GoOnline();

        var play = _stage.Play(track);

        Stage.AssertHeard(play);
        Assert.True(play.Bytes.WrongBytes > 0);
        Assert.Equal((0, 1), (liar.Status.Peers, _stage.World.AccessPoint.Reports));

        play = _stage.Play(again);
        Stage.AssertHeard(play);
        Assert.Equal((0, 0), (play.Bytes.WrongBytes, liar.Status.Peers));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    [InlineData(false, 1)]
    public void Play_PeersSilent_AreGivenUpAndProductionSavesIt(bool paced, int timersOffBy)
    {
        var options = new WorldOptions { ChecksAll = true, TimersOffBy = TimeSpan.FromMilliseconds(timersOffBy) };
        var stage = new Stage(core => core.IsPaced = paced, options);
        stage.AddNode();
        var track = stage.AddTrack(120);
        SimClient[] silent = [.. Enumerable.Range(0, 3).Select(_ => stage.AddHolder(track, Silent))];
        stage.GoOnline();
        stage.Listener.Play(track);
        Assert.True(stage.RunUntil(() => Array.Exists(silent, IsConnected), 2));
        var asked = Array.Find(silent, IsConnected)!;
        Assert.True(!paced || stage.RunUntil(() => !IsConnected(asked), 60));

        var play = stage.Finish(track);

        Stage.AssertHeard(play);
        Assert.Equal(stage.LengthOf(track), play.Bytes.Played(Tier.Production));
    }

    [Fact]
    public void Play_PeersTooSlow_ProductionFillsTheGaps()
    {
        _stage.AddNode();
        var track = _stage.AddTrack(120);
        _stage.AddHolder(track, new ClientSpec { UpBytesPerSecond = 8_000 });
        _stage.GoOnline();

        var play = _stage.Play(track);

        Stage.AssertHeard(play);
        Assert.True(play.Bytes.Played(Tier.Peers) > 0);
    }

    [Fact]
    public void Play_PeersBusyOrLacking_ProductionCarriesIt()
    {
        var (track, wanted) = (_stage.AddTrack(60), _stage.AddTrack(60));
        _stage.World.AddStorageNode(new NodeSpec { HasMaster = false }).Fill(track);
        var busy = _stage.AddHolder(track, new ClientSpec { Core = Stage.Selfish });
        _stage.AddHolder(track, new ClientSpec { Lies = LieKind.WrongHaves });
        _stage.GoOnline();

        // It waits for what nobody has, and gives nothing meanwhile.
        busy.Play(wanted);
        _stage.Run(0.5);
        _stage.Listener.Play(track);
        _stage.Run(15);

        Assert.Equal(0, busy.UploadedBytes);
        Stage.AssertHeard(_stage.Finish(track));
    }

    [Fact]
    public void Play_NoProduction_PeersGiveTheHeadToo()
    {
        var track = _stage.AddTrack(60);
        _stage.AddHolder(track);
        _stage.AddHolder(track);
        _stage.GoOnline();

        var play = _stage.Play(track);

        Stage.AssertHeard(play);
        Assert.Equal(_stage.LengthOf(track), play.Bytes.Played(Tier.Peers));
    }

    [Fact]
    public void Play_NodeComesUpAsPatienceEnds_HasItsTimeToo()
    {
        var node = _stage.World.AddStorageNode(new NodeSpec { MasterLatency = TimeSpan.FromSeconds(4) });
        node.Crash();
        var track = _stage.AddTrack(60);
        _stage.GoOnline();
        _stage.Listener.Play(track);
        _stage.Run(17);

        node.Recover();

        Assert.True(_stage.Finish(track).IsComplete);
    }

    [Fact]
    public void Play_PeerComesToTheTrackerWhileTheListenerWaits_IsFoundBeforeItIsGivenUp()
    {
        var track = _stage.AddTrack(60);
        _stage.GoOnline();
        _stage.Listener.Play(track);
        _stage.Run(10);

        _stage.AddHolder(track);

        Assert.True(_stage.Finish(track).IsComplete);
    }

    [Fact]
    public void Play_NoSourceAtAll_FailsWithAReason()
    {
        _stage.AddNode().Crash();
        var track = _stage.AddTrack(60);
        _stage.GoOnline();
        _stage.Listener.Play(track);

        Assert.Equal(DeliveryFailure.NoSource, _stage.Finish(track, 25).Failure);
    }

    [Fact]
    public void Play_NoSourceForTheRestOfAFileThatHasNotBegun_FailsWithAReason()
    {
        var node = _stage.AddNode();
        var track = _stage.AddTrack(60);
        _stage.GoOnline();
        _stage.Listener.Play(track);
        Assert.True(_stage.RunUntil(() => _stage.Listener.CachedBytes > 0, 2));
        _stage.Listener.Stop();
        node.Crash();
        _stage.Run(1);
        _stage.Plays.Clear();

        _stage.Listener.Play(track);

        var play = _stage.Finish(track, 60);
        Assert.Equal((DeliveryFailure.NoSource, false), (play.Failure, play.Claimed.Cold));
    }

    [Fact]
    public void Seek_ToTheLastMomentHeldWithNoSourceLeft_FailsWithAReason()
    {
        var node = _stage.AddNode();
        var track = _stage.AddTrack(240);
        _stage.GoOnline();
        _stage.Listener.Play(track);
        _stage.Run(3);
        node.Crash();
        _stage.Run(1);

        // 20,000 bytes are a second. Less than the player wants before it sounds again, though not nothing.
        _stage.Listener.Seek(TimeSpan.FromSeconds(_stage.Listener.CachedBytes / 20_000.0 - 0.1));

        Assert.Equal(DeliveryFailure.NoSource, _stage.Finish(track, 30).Failure);
    }

    [Fact]
    public void Play_EveryNodeLacksTheFile_Fails()
    {
        _stage.World.AddStorageNode(new NodeSpec { HasMaster = false });
        _stage.World.AddStorageNode(new NodeSpec { HasMaster = false });
        var track = _stage.AddTrack(60);
        _stage.GoOnline();
        _stage.Listener.Play(track);

        Assert.Equal(DeliveryFailure.NoSource, _stage.Finish(track, 60).Failure);
    }

    [Fact]
    public void Play_CacheRefuses_FetchesNoFurtherThanTheFeed()
    {
        var stage = new Stage(listener: new ClientSpec { CacheBytes = 0 });
        var node = stage.AddNode();
        var track = stage.AddTrack(120);
        stage.GoOnline();

        Stage.AssertHeard(stage.Play(track));
        Assert.InRange(node.SentBytes, stage.LengthOf(track), stage.LengthOf(track) * 11 / 10);
    }

    private static bool IsConnected(SimClient peer) => peer.Status.Peers > 0;
}
