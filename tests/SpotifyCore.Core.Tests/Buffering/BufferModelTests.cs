using SpotifyCore.Core.Buffering;
using SpotifyCore.Core.Downloads;
using static SpotifyCore.Core.Tests.TestDownload;

namespace SpotifyCore.Core.Tests.Buffering;

public sealed class BufferModelTests
{
    private readonly BufferModel _model = new(new BufferOptions { LowMark = Seconds(3) });

    [Theory]
    [InlineData(1, 0.1, true)] // 160 kB/s for 16 kB/s of music: at once.
    [InlineData(1, 2.0, false)] // 8 kB/s: gather.
    [InlineData(7, 14.0, false)] // 7 s of a shortfall of 8 s at most.
    [InlineData(8, 16.0, true)]
    [InlineData(60, 100.0, true)] // All here.
    public void MayStart_PacedOutput_DependsOnHowFastItCame(int chunks, double seconds, bool expected)
    {
        var download = Create(sounds: false);
        download.NoteAsked(Now);
        download.NoteArrived(0, chunks * 16_384, Now);
        download.Hold(0, (uint)chunks);

        var fedTo = (uint)Math.Min(chunks, 16);
        Assert.Equal(expected, _model.MayStart(download, fedTo, paced: true, Now + Seconds(seconds)));
    }

    [Fact]
    public void MayStart_NothingFed_Waits()
    {
        var download = Create(sounds: false);
        download.Hold(0, 60);

        Assert.False(_model.MayStart(download, 0, paced: true, Now));
        Assert.True(_model.MayStart(download, 1, paced: true, Now));
    }

    [Fact]
    public void MayStart_Unpaced_NeedsOneChunk()
    {
        var download = Create(sounds: false);
        download.Hold(0, 1);

        Assert.True(_model.MayStart(download, 1, paced: false, Now + Seconds(9)));
    }

    [Theory]
    [InlineData(2, 0, true)]
    [InlineData(4, 0, false)]
    [InlineData(4, 2, true)] // Two seconds later it is.
    [InlineData(60, 59, false)] // All here.
    public void IsLow_Sounding_LooksAtWhatLiesAhead(uint held, int passed, bool expected)
    {
        var download = Create();
        download.Hold(0, held);

        Assert.Equal(expected, _model.IsLow(download, Now + Seconds(passed)));
    }

    [Fact]
    public void IsLow_NotSoundingOrUnpaced_IsNot()
    {
        Assert.False(_model.IsLow(Create(sounds: false), Now));
        Assert.False(_model.IsLow(Create(pace: PlaybackPace.Unpaced), Now));
    }
}
