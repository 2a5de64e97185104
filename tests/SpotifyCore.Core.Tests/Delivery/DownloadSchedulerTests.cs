using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Downloads;
using SpotifyCore.Testing;
using static SpotifyCore.Core.Tests.TestDownload;

namespace SpotifyCore.Core.Tests.Delivery;

public sealed class DownloadSchedulerTests
{
    private readonly DeliveryBench _bench = new();

    [Fact]
    public void Fill_ColdStart_AsksProductionForTheHead()
    {
        var node = _bench.AddNodes(1)[0];
        Fill(Create(sounds: false));

        Assert.Equal([(node.Connection, 0u, 16u)], _bench.Asked());
    }

    [Fact]
    public void Fill_SoundingWithPeers_UrgentFromProductionTheRestFromPeers()
    {
        var node = _bench.AddNodes(1)[0];
        var download = Create();
        var peer = _bench.AddPeer(download.File);
        Fill(download);

        // 2 s of 64 kB/s outstanding, in ranges of at most four.
        var (near, far) = (node.Connection, peer.Connection);
        Assert.Equal([(near, 0u, 4u), (far, 4u, 4u), (far, 8u, 3u), (far, 11u, 1u)], _bench.Asked());
    }

    [Fact]
    public void Fill_SeveralPeers_MostUrgentToTheQuickest()
    {
        var download = Create();
        var slow = _bench.AddPeer(download.File, bytesPerSecond: 20_000);
        var quick = _bench.AddPeer(download.File, bytesPerSecond: 200_000);
        download.Hold(0, 20);
        Fill(download);

        var asked = _bench.Asked();
        Assert.Equal((quick.Connection, 20u, 4u), asked[0]);
        Assert.Equal(25, asked.Where(ask => ask.To == quick.Connection).Sum(ask => ask.Count));
        Assert.Equal(3, asked.Where(ask => ask.To == slow.Connection).Sum(ask => ask.Count));
    }

    [Fact]
    public void Fill_SlowPeer_IsGivenWhatItCanBringInTime()
    {
        _bench.AddNodes(1);
        var download = Create();
        var peer = _bench.AddPeer(download.File, bytesPerSecond: 2_000);
        download.Hold(0, 5);
        Fill(download);

        // 16 KiB take it 8.2 s, and twice that for a second one; each must be due 1 s later than it is expected.
        Assert.Equal([(peer.Connection, 10u, 1u), (peer.Connection, 18u, 1u)], _bench.Asked());
    }

    [Fact]
    public void Fill_NoProduction_SlowPeerIsAskedAllTheSame()
    {
        var download = Create();
        var peer = _bench.AddPeer(download.File, bytesPerSecond: 2_000);
        Fill(download);

        Assert.Equal((peer.Connection, 0u), (_bench.Asked()[0].To, 0u));
    }

    [Fact]
    public void Fill_PeersAloneAllowed_LeavesProductionOut()
    {
        _bench.AddNodes(1);
        var download = Create(sounds: false);
        download.MayAskProduction = false;
        Fill(download);

        Assert.Empty(_bench.Asked());
    }

    [Fact]
    public void Fill_RestIsOnItsWay_PeersFetchWhatASeekLeftBehind()
    {
        var download = Create();
        var peer = _bench.AddPeer(download.File);
        download.Point = PointAt(download.Manifest, 50);
        download.Hold(50, 60);
        Fill(download);

        Assert.Equal((peer.Connection, 0u, 4u), _bench.Asked()[0]);
    }

    [Theory]
    [InlineData(4e6, 64, 4)] // A megabyte under way: whole ranges.
    [InlineData(1_000, 2, 1)] // No more than may always be: each chunk at once.
    public void Fill_KeptForLater_AQuickPeerIsAskedForWholeRanges(double bytesPerSecond, int underWay, int step)
    {
        var download = Create(chunks: 100);
        download.Priority = RequestPriority.OfflineSync;
        download.Point = PointAt(download.Manifest, 0, PlaybackPace.Unpaced);
        var peer = _bench.AddPeer(download.File, bytesPerSecond);
        Fill(download);
        Assert.Equal(underWay, _bench.Asked().Sum(static ask => ask.Count));

        for (var come = 1; come <= step; come++)
        {
            peer.Receive(request: 1, Manifest.ChunkSize, Now);
            Fill(download);
            Assert.Equal(come == step ? step : 0, _bench.Asked().Sum(static ask => ask.Count));
        }
    }

    [Fact]
    public void Fill_BeyondTheHorizon_AsksNothing()
    {
        _bench.AddNodes(1);
        var download = Create(sounds: false);
        download.Horizon = 5;
        Fill(download);

        Assert.Equal(5u, Assert.Single(_bench.Asked()).Count);
    }

    [Fact]
    public void Fill_ProductionIsConnectedAndTakesNoMore_ThePeerIsAskedInTimeOrNot()
    {
        var node = _bench.AddNodes(1)[0];
        node.PausedUntil = Now + Seconds(2);
        var download = Create();
        var peer = _bench.AddPeer(download.File, bytesPerSecond: 4_000);

        Fill(download);

        Assert.Equal((peer.Connection, 0u), _bench.Asked().Select(ask => (ask.To, ask.First)).First());
    }

    [Fact]
    public void Hedge_PeerLateAndUrgent_ProductionIsAskedToo()
    {
        var download = Create();
        var peer = _bench.AddPeer(download.File);
        download.Hold(0, 10);
        Fill(download);
        _bench.Asked();
        var node = _bench.AddNodes(1)[0];
        Assert.Equal(Now + Seconds(7), _bench.Scheduler.NextHedge(download, Now));

        _bench.Scheduler.Hedge(download, Now + Seconds(6.9), _bench.Actions);
        Assert.Empty(_bench.Asked());
        _bench.Scheduler.Hedge(download, Now + Seconds(7), _bench.Actions);
        Assert.Equal([(node.Connection, 10u, 1u)], _bench.Asked());

        // Once, and the next chunk a second later.
        _bench.Scheduler.Hedge(download, Now + Seconds(7), _bench.Actions);
        Assert.Empty(_bench.Asked());
        Assert.Equal(Now + Seconds(8), _bench.Scheduler.NextHedge(download, Now + Seconds(7)));
        Assert.Equal(1, download.Statistics.Redirected);
        Assert.NotEqual(0, peer.OutstandingBytes);
    }

    [Fact]
    public void Hedge_PeerLateWhileTheFirstSoundIsAwaited_ProductionIsAskedToo()
    {
        var download = Create(sounds: false);
        _bench.AddPeer(download.File);
        download.Hold(0, 4);
        Fill(download);
        _bench.Asked();
        var node = _bench.AddNodes(1)[0];

        // It is needed 4 s into the track, which does not begin without it: 3 s of that are too little.
        _bench.Scheduler.Hedge(download, Now + Seconds(0.9), _bench.Actions);
        Assert.Empty(_bench.Asked());
        Assert.Equal(Now + Seconds(1), _bench.Scheduler.NextHedge(download, Now + Seconds(0.9)));
        _bench.Scheduler.Hedge(download, Now + Seconds(1), _bench.Actions);

        Assert.Equal([(node.Connection, 4u, 1u)], _bench.Asked());
    }

    [Fact]
    public void Fill_QuickPeerWasSilent_WhoWasNotIsAsked()
    {
        var download = Create();
        _bench.AddPeer(download.File, bytesPerSecond: 200_000).NoteSilence(Now);
        var slow = _bench.AddPeer(download.File, bytesPerSecond: 4_000);

        Fill(download);

        Assert.Equal((slow.Connection, 0u), _bench.Asked().Select(ask => (ask.To, ask.First)).First());
    }

    [Fact]
    public void Fill_WhoWasNotSilentIsFull_WhatIsNeededNextWaitsForItAndTheRestDoesNot()
    {
        var download = Create();
        var full = _bench.AddPeer(download.File);
        full.Ask(1 << 20, Now);
        var silent = _bench.AddPeer(download.File);
        silent.NoteSilence(Now);

        Fill(download);
        Assert.Equal((silent.Connection, 1u), _bench.Asked().Select(ask => (ask.To, ask.First)).First());

        // One that is busy is not waited for.
        full.PausedUntil = Now + Seconds(1);
        _bench.Ledger.Abandon(download, Now, _bench.Actions);
        Fill(download);
        Assert.Equal((silent.Connection, 0u), _bench.Asked().Select(ask => (ask.To, ask.First)).First());
    }

    [Fact]
    public void Fill_AllPeersWereSilent_WhoWasSoLongestAgoIsAsked()
    {
        var download = Create();
        _bench.AddPeer(download.File, bytesPerSecond: 200_000).NoteSilence(Now);
        var longAgo = _bench.AddPeer(download.File, bytesPerSecond: 4_000);
        longAgo.NoteSilence(Now - Seconds(2));
        longAgo.NoteSilence(Now - Seconds(1));

        Fill(download);

        Assert.Equal((longAgo.Connection, 0u), _bench.Asked().Select(ask => (ask.To, ask.First)).First());
    }

    [Fact]
    public void Fill_OnlyPeerInTimeWasSilent_IsAskedAllTheSame()
    {
        _bench.AddNodes(1);
        var download = Create();
        var quick = _bench.AddPeer(download.File, bytesPerSecond: 200_000);
        quick.NoteSilence(Now);
        _bench.AddPeer(download.File, bytesPerSecond: 1_000);
        download.Hold(0, 5);

        Fill(download);

        Assert.Equal((quick.Connection, 5u), _bench.Asked().Select(ask => (ask.To, ask.First)).First());
    }

    [Fact]
    public void Hedge_FirstSoundAwaitedAndAskedAnewOfAnother_IsAsLateAsBefore()
    {
        var download = Create(sounds: false);
        var first = _bench.AddPeer(download.File);
        download.Hold(0, 4);
        download.Horizon = 5;
        Fill(download);
        first.NoteSilence(Now + Seconds(1));
        _bench.Ledger.TakeBack(first, cancel: true, Now + Seconds(1), _bench.Actions);
        var second = _bench.AddPeer(download.File);
        var third = _bench.AddPeer(download.File);
        _bench.Asked();

        _bench.Scheduler.Fill(download, Now + Seconds(1), _bench.Actions);
        _bench.Scheduler.Hedge(download, Now + Seconds(1), _bench.Actions);

        Assert.Equal([(second.Connection, 4u, 1u), (third.Connection, 4u, 1u)], _bench.Asked());
    }

    [Fact]
    public void Hedge_NodeStalls_TheOtherNodeIsAskedForWhatIsUrgent()
    {
        var nodes = _bench.AddNodes(2);
        var download = Create(sounds: false);
        Fill(download);
        Assert.Equal(nodes[0].Connection, Assert.Single(_bench.Asked()).To);

        var late = Now + _bench.NodeOptions.HedgeAfterInNeed;
        Assert.Equal(late, _bench.Scheduler.NextHedge(download, Now));
        _bench.Scheduler.Hedge(download, late, _bench.Actions);

        Assert.Equal([0u, 1u, 2u, 3u], _bench.Asked().Select(ask => ask.First));
    }

    [Fact]
    public void Hedge_UnpacedAndAllButWhatIsNeededNextComes_AnotherIsAskedForThat()
    {
        var download = Create(pace: PlaybackPace.Unpaced);
        var first = _bench.AddPeer(download.File);
        Fill(download);
        first.Receive(request: 1, bytes: 16_384, Now + Seconds(0.9));
        var other = _bench.AddPeer(download.File);
        _bench.Asked();
        Assert.Equal(Now + Seconds(1), _bench.Scheduler.NextHedge(download, Now + Seconds(0.9)));

        _bench.Scheduler.Hedge(download, Now + Seconds(1), _bench.Actions);

        Assert.Equal([(other.Connection, 0u, 1u)], _bench.Asked());
    }

    [Fact]
    public void Fill_Twice_AsksNothingNew()
    {
        _bench.AddNodes(1);
        var download = Create(sounds: false);
        Fill(download);
        _bench.Actions.Clear();

        AllocationAssert.None(() => _bench.Scheduler.Fill(download, Now, _bench.Actions));
        Assert.Empty(_bench.Asked());
    }

    private void Fill(Download download) => _bench.Scheduler.Fill(download, Now, _bench.Actions);
}
