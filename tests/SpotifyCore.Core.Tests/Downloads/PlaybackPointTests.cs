using SpotifyCore.Core.Downloads;
using static SpotifyCore.Core.Tests.TestDownload;

namespace SpotifyCore.Core.Tests.Downloads;

public sealed class PlaybackPointTests
{
    [Theory]
    [InlineData(PlaybackPace.Still, 0, 10, 10)]
    [InlineData(PlaybackPace.Still, 4, 10, 10)]
    [InlineData(PlaybackPace.Running, 4, 10, 6)]
    [InlineData(PlaybackPace.Running, 40, 10, 0)]
    public void Until_Paces_MoveAsTheySay(PlaybackPace pace, int passed, uint chunk, int expected)
    {
        var download = Create(pace: pace);

        Assert.Equal(Seconds(expected), download.Point.Until(download.Manifest, chunk, Now + Seconds(passed)));
    }

    [Fact]
    public void Until_BehindThePointOrUnpaced_IsNoHaste()
    {
        var download = Create();
        download.Point = PointAt(download.Manifest, 5);
        Assert.Equal(PlaybackPoint.NoHaste, download.Until(4, Now));
        Assert.Equal(TimeSpan.Zero, download.Until(5, Now));

        download.Point = PointAt(download.Manifest, 5, PlaybackPace.Unpaced);
        Assert.Equal(PlaybackPoint.NoHaste, download.Until(50, Now));
    }

    [Fact]
    public void Until_NextTrack_AddsWhatIsLeftOfTheCurrentOne()
    {
        var download = Create(sounds: false);
        download.Point = download.Point with { StartsIn = Seconds(20) };

        Assert.Equal(Seconds(23), download.Until(3, Now + Seconds(5)));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(14.5, 15)]
    [InlineData(15, 16)]
    [InlineData(1_000, 60)]
    public void ChunkAfter_Span_IsTheFirstChunkBeyondIt(double seconds, uint expected)
    {
        var download = Create();

        Assert.Equal(expected, download.Point.ChunkAfter(download.Manifest, Seconds(seconds)));
    }
}
