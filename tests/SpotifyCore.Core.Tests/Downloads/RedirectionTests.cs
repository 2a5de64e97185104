using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Downloads;
using SpotifyCore.Core.Neighbours;
using static SpotifyCore.Core.Tests.TestDownload;

namespace SpotifyCore.Core.Tests.Downloads;

public sealed class RedirectionTests
{
    private readonly DeliveryBench _bench = new();
    private readonly Download _download = Create();
    private readonly Link _silent;
    private readonly Redirection _redirection;

    public RedirectionTests()
    {
        _redirection = new Redirection(_bench.Nodes, _bench.Peers, _bench.Requests, _bench.Ledger);
        _download.Priority = RequestPriority.Playing;
        _silent = _bench.AddPeer(_download.File);
        _bench.Scheduler.Fill(_download, Now, _bench.Actions);
    }

    [Fact]
    public void TakeBack_NobodyElse_IsLeft() => Assert.True(IsLeft());

    [Fact]
    public void TakeBack_AnotherPeerHoldsIt_IsTaken()
    {
        _bench.AddPeer(_download.File);

        Assert.False(IsLeft());
    }

    [Fact]
    public void TakeBack_AnotherPeerHoldsItAndIsFull_IsTakenUnlessThatWasSilentToo()
    {
        var full = _bench.AddPeer(_download.File);
        full.Ask(1 << 20, Now);
        full.NoteSilence(Now);
        Assert.True(IsLeft());

        full.Receive(0, 16_384, Now);
        Assert.False(IsLeft());
    }

    [Fact]
    public void TakeBack_AnotherPeerIsLeftAlone_IsLeftUntilThatMayBeAsked()
    {
        var other = _bench.AddPeer(_download.File);
        other.PausedUntil = Now + Seconds(1);
        Assert.True(IsLeft());

        other.PausedUntil = Now;
        Assert.False(IsLeft());
    }

    [Fact]
    public void TakeBack_ForTheNextTrack_IsTaken()
    {
        _download.Priority = RequestPriority.Prefetch;

        Assert.False(IsLeft());
    }

    [Fact]
    public void TakeBack_SomethingIsNeededSooner_IsTaken()
    {
        _download.Point = PointAt(_download.Manifest, 20);

        Assert.False(IsLeft());
    }

    [Fact]
    public void TakeBack_AnotherPeerLacksIt_IsLeft()
    {
        _bench.AddPeer(new FileId(7));

        Assert.True(IsLeft());
    }

    [Fact]
    public void TakeBack_NodeIsThere_IsTakenUnlessTheNodeIsNotToBeAsked()
    {
        _bench.AddNodes(1);
        _download.MayAskProduction = false;
        Assert.True(IsLeft());

        _download.MayAskProduction = true;
        Assert.False(IsLeft());
    }

    [Fact]
    public void TakeBack_OnlyOtherIsAskedForItToo_IsLeft()
    {
        _download.Horizon = 1;
        _bench.AddPeer(_download.File);
        Assert.False(IsLeft());
        _bench.Scheduler.Fill(_download, Now, _bench.Actions);
        _bench.Scheduler.Hedge(_download, Now, _bench.Actions);

        Assert.Equal(2, _bench.Requests.Count);
        Assert.True(IsLeft());
    }

    private bool IsLeft()
    {
        var before = _silent.OutstandingRequests;
        var isLeft = _redirection.TakeBack(_silent, Now, _bench.Actions);

        Assert.NotEqual(0, before);
        Assert.Equal(isLeft ? before : 0, _silent.OutstandingRequests);
        return isLeft;
    }
}
