using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Buffering;
using SpotifyCore.Core.Downloads;
using static SpotifyCore.Core.Tests.TestDownload;

namespace SpotifyCore.Core.Tests.Buffering;

public sealed class LookAheadTests
{
    private readonly BufferOptions _options = new() { LowMark = Seconds(3), Head = Seconds(15) };
    private readonly LookAhead _lookAhead;

    public LookAheadTests() => _lookAhead = new LookAhead(_options);


    [Theory]
    [InlineData(false, false, 0, 16)] // The head of a cold start.
    [InlineData(false, true, 0, 16)]
    [InlineData(false, false, 2, 31)] // Nobody was found.
    [InlineData(true, true, 5, 4)] // Peers carry it: what is urgent.
    [InlineData(true, false, 1, 16)] // Peers are being searched.
    [InlineData(true, false, 5, 31)] // There are none.
    public void LimitFor_PlayingTrack_IsAsFarAsTheRuleSays(bool sounds, bool peers, int secondsOpen, uint expected)
    {
        var download = Create(sounds: sounds);

        Assert.Equal(expected, _lookAhead.LimitFor(download, peers, Now + Seconds(secondsOpen)));
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 31)]
    public void LimitFor_PeersStillBeingConnected_IsTheHeadAlone(int secondsOpen, uint expected)
    {
        _options.Head = Seconds(3);

        Assert.Equal(expected, _lookAhead.LimitFor(Create(), hasPeers: false, Now + Seconds(secondsOpen)));
    }

    [Theory]
    [InlineData(0, 9)] // 8 s at first.
    [InlineData(20, 39)] // 8 s, and half of what was played.
    [InlineData(50, 60)]
    public void PeerLimitFor_PlayingTrack_GoesFartherTheMoreWasPlayed(uint played, uint expected)
    {
        var download = Create();
        download.Point = PointAt(download.Manifest, played);

        Assert.Equal(expected, _lookAhead.PeerLimitFor(download));
    }

    [Fact]
    public void PeerLimitFor_NextTrack_IsItsHead()
    {
        var download = Create(sounds: false);
        download.Priority = RequestPriority.Prefetch;

        Assert.Equal(13u, _lookAhead.PeerLimitFor(download));
    }

    [Fact]
    public void PeerLimitFor_NoLimitOrNoPace_IsTheWholeTrack()
    {
        Assert.Equal(60u, _lookAhead.PeerLimitFor(Create(pace: PlaybackPace.Unpaced)));
        _options.PeerLookAhead = TimeSpan.MaxValue;
        Assert.Equal(60u, _lookAhead.PeerLimitFor(Create()));
    }

    [Fact]
    public void LimitFor_NextTrack_IsItsHead()
    {
        var download = Create(sounds: false);
        download.Priority = RequestPriority.Prefetch;

        Assert.Equal(16u, _lookAhead.LimitFor(download, hasPeers: false, Now + Seconds(60)));
    }

    [Fact]
    public void LimitFor_UnpacedWithPeers_IsNothingUntilTheyKeepItWaiting()
    {
        var download = Create(pace: PlaybackPace.Unpaced);
        Assert.Equal(0u, _lookAhead.LimitFor(download, hasPeers: true, Now));
        Assert.Equal(Now + Seconds(1), _lookAhead.ChangesAt(download, Now));
        Assert.Equal(16u, _lookAhead.LimitFor(download, hasPeers: true, Now + Seconds(1)));
    }

    [Fact]
    public void LimitFor_UnpacedAndWhatIsNeededNextStaysAway_IsAsFarAsWithNothingComing()
    {
        var download = Create(pace: PlaybackPace.Unpaced);
        download.NoteArrived(5, bytes: 1, Now + Seconds(0.9));
        Assert.Equal(Now + Seconds(1), _lookAhead.ChangesAt(download, Now + Seconds(0.9)));
        Assert.Equal(16u, _lookAhead.LimitFor(download, hasPeers: true, Now + Seconds(1)));

        download.NoteArrived(0, bytes: 1, Now + Seconds(1));
        Assert.Equal(0u, _lookAhead.LimitFor(download, hasPeers: true, Now + Seconds(1.9)));
        Assert.Equal(Now + Seconds(2), _lookAhead.ChangesAt(download, Now + Seconds(1.9)));
    }

    [Fact]
    public void ChangesAt_PacedTrack_IsTheEndOfTheSearch()
    {
        var download = Create();
        Assert.Equal(Now + Seconds(2), _lookAhead.ChangesAt(download, Now));
        Assert.Equal(Instant.Never, _lookAhead.ChangesAt(download, Now + Seconds(2)));
    }
}
