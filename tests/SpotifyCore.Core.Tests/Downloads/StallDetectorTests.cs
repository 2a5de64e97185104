using SpotifyCore.Content.Time;
using SpotifyCore.Core.Downloads;
using static SpotifyCore.Core.Tests.TestDownload;

namespace SpotifyCore.Core.Tests.Downloads;

public sealed class StallDetectorTests
{
    private readonly DeliveryBench _bench = new();
    private readonly StallDetector _stalls;

    public StallDetectorTests() => _stalls = new StallDetector(_bench.Options, _bench.Links, _bench.NodeOptions.Silence);

    [Theory]
    [InlineData(1_000_000, 1.0)]
    [InlineData(16_384, 3.0)]
    [InlineData(100, 6.0)]
    public void LimitFor_Peer_FollowsItsSpeedWithinBounds(double bytesPerSecond, double expected) =>
        Assert.Equal(Seconds(expected), _stalls.LimitFor(_bench.AddPeer(default, bytesPerSecond)));

    [Fact]
    public void NextSilent_AskedAndQuiet_IsDueWhenSaid()
    {
        var peer = _bench.AddPeer(default);
        Assert.Equal(Instant.Never, _stalls.NextCheck(Now));
        peer.Ask(16_384, Now);

        Assert.Equal(Now + Seconds(1), _stalls.NextCheck(Now));
        Assert.Null(_stalls.NextSilent(Now + Seconds(0.9)));
        Assert.Same(peer, _stalls.NextSilent(Now + Seconds(1)));
    }

    [Fact]
    public void NextSilent_KeptThoughSilent_IsDueAnewAfterTwiceItsTime()
    {
        var peer = _bench.AddPeer(default, bytesPerSecond: 16_384);
        peer.Ask(16_384, Now);

        peer.NoteSilence(Now + Seconds(3));

        Assert.Equal(Now + Seconds(9), _stalls.NextCheck(Now + Seconds(3)));
        Assert.Null(_stalls.NextSilent(Now + Seconds(8.9)));
    }

    [Fact]
    public void NextCheck_PausedPeer_IsTheEndOfItsPause()
    {
        _bench.AddPeer(default).PausedUntil = Now + Seconds(5);

        Assert.Equal(Now + Seconds(5), _stalls.NextCheck(Now));
        Assert.Equal(Instant.Never, _stalls.NextCheck(Now + Seconds(5)));
    }
}
