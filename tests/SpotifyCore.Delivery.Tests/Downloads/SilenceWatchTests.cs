using SpotifyCore.Content.Time;
using SpotifyCore.Delivery.Downloads;
using static SpotifyCore.Delivery.Tests.TestDownload;

namespace SpotifyCore.Delivery.Tests.Downloads;

public sealed class SilenceWatchTests
{
    private readonly DeliveryBench _bench = new();
    private readonly SilenceWatch _watch;

    public SilenceWatchTests() => _watch = new SilenceWatch(_bench.Options, _bench.Links, _bench.NodeOptions.Silence);

    [Theory]
    [InlineData(1_000_000, 1.0)]
    [InlineData(16_384, 3.0)]
    [InlineData(100, 6.0)]
    public void LimitFor_Peer_FollowsItsSpeedWithinBounds(double bytesPerSecond, double expected) =>
        Assert.Equal(Seconds(expected), _watch.LimitFor(_bench.AddPeer(default, bytesPerSecond)));

    [Fact]
    public void NextSilent_AskedAndQuiet_IsDueWhenSaid()
    {
        var peer = _bench.AddPeer(default);
        Assert.Equal(Instant.Never, _watch.NextCheck(Now));
        peer.Ask(16_384, Now);

        Assert.Equal(Now + Seconds(1), _watch.NextCheck(Now));
        Assert.Null(_watch.NextSilent(Now + Seconds(0.9)));
        Assert.Same(peer, _watch.NextSilent(Now + Seconds(1)));
    }

    [Fact]
    public void NextCheck_PausedPeer_IsTheEndOfItsPause()
    {
        _bench.AddPeer(default).PausedUntil = Now + Seconds(5);

        Assert.Equal(Now + Seconds(5), _watch.NextCheck(Now));
        Assert.Equal(Instant.Never, _watch.NextCheck(Now + Seconds(5)));
    }
}
