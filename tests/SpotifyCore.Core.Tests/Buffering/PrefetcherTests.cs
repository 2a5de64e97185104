using SpotifyCore.Core.Buffering;
using SpotifyCore.Core.Downloads;
using static SpotifyCore.Core.Tests.TestDownload;

namespace SpotifyCore.Core.Tests.Buffering;

public sealed class PrefetcherTests
{
    private readonly PrefetchOptions _options = new() { PeersAt = Seconds(30) };
    private readonly Prefetcher _prefetcher;

    public PrefetcherTests() => _prefetcher = new Prefetcher(_options, new BufferModel(new BufferOptions()));

    [Theory]
    [InlineData(0, PrefetchPhase.Wait)]
    [InlineData(29, PrefetchPhase.Wait)]
    [InlineData(30, PrefetchPhase.Peers)]
    [InlineData(49, PrefetchPhase.Peers)]
    [InlineData(50, PrefetchPhase.Head)]
    public void PhaseFor_TimePasses_GoesFurther(int passed, object expected)
    {
        var current = Create();
        current.Hold(0, 60);

        Assert.Equal(expected, _prefetcher.PhaseFor(current, Now + Seconds(passed)));
    }

    [Theory]
    [InlineData(37, PrefetchPhase.Peers)]
    [InlineData(38, PrefetchPhase.Head)]
    public void PhaseFor_NextSoundsBeforeTheEnd_IsSoMuchEarlier(int passed, object expected)
    {
        _prefetcher.Overlap = Seconds(12);
        var current = Create();
        current.Hold(0, 60);

        Assert.Equal(expected, _prefetcher.PhaseFor(current, Now + Seconds(passed)));
    }

    [Theory]
    [InlineData(5, PrefetchPhase.Wait)]
    [InlineData(6, PrefetchPhase.Peers)]
    public void PhaseFor_ByDefault_BeginsOnceTheCurrentTrackIsSafe(uint held, object expected)
    {
        _options.PeersAt = new PrefetchOptions().PeersAt;
        var current = Create();
        current.Hold(0, held);

        Assert.Equal(expected, _prefetcher.PhaseFor(current, Now));
    }

    [Fact]
    public void PhaseFor_CurrentTrackWants_Waits()
    {
        var current = Create();
        current.Hold(0, 56);

        Assert.Equal(PrefetchPhase.Wait, _prefetcher.PhaseFor(current, Now + Seconds(55)));
    }

    [Fact]
    public void PhaseFor_UnpacedAndWhole_AsksPeers()
    {
        _options.PeersAt = new PrefetchOptions().PeersAt;
        var current = Create(pace: PlaybackPace.Unpaced);
        Assert.Equal(PrefetchPhase.Wait, _prefetcher.PhaseFor(current, Now));
        current.Hold(0, 60);
        Assert.Equal(PrefetchPhase.Peers, _prefetcher.PhaseFor(current, Now));
    }

    [Fact]
    public void PhaseFor_Disabled_Waits()
    {
        _options.Enabled = false;
        var current = Create();
        current.Hold(0, 60);

        Assert.Equal(PrefetchPhase.Wait, _prefetcher.PhaseFor(current, Now + Seconds(59)));
    }
}
