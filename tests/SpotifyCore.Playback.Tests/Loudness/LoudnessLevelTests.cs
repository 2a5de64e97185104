using SpotifyCore.Content.Manifests;
using SpotifyCore.Playback.Loudness;

namespace SpotifyCore.Playback.Tests.Loudness;

public sealed class LoudnessLevelTests
{
    [Theory]
    [InlineData(-6.0206f, 1.0f, 0.5f)]
    [InlineData(6.0206f, 0.25f, 2.0f)]
    [InlineData(0f, 0.9f, 1.0f)]
    public void Factor_PeakAllows_IsTheGain(float gain, float peak, float factor) =>
        Assert.Equal(factor, new LoudnessLevel(gain, peak).Factor, 4);

    [Theory]
    [InlineData(12f, 0.5f)]
    [InlineData(3f, 0.98f)]
    [InlineData(-0.5f, 1.4f)]
    public void Factor_PeakForbids_BringsThePeakToFullScale(float gain, float peak) =>
        Assert.Equal(1, new LoudnessLevel(gain, peak).Factor * peak, 5);

    [Fact]
    public void FactorOf_Mode_PicksTheLevel()
    {
        var track = new LoudnessLevel(-6, 1);
        var album = new LoudnessLevel(-3, 1);

        Assert.Equal(1, LoudnessLevel.FactorOf(LoudnessMode.Off, track, album));
        Assert.Equal(track.Factor, LoudnessLevel.FactorOf(LoudnessMode.Track, track, album));
        Assert.Equal(album.Factor, LoudnessLevel.FactorOf(LoudnessMode.Album, track, album));
        Assert.Equal(track.Factor, LoudnessLevel.FactorOf(LoudnessMode.Album, track, LoudnessLevel.None));
        Assert.Equal(album.Factor, LoudnessLevel.FactorOf(LoudnessMode.Track, LoudnessLevel.None, album));
    }

    [Fact]
    public void Factor_NotMeasured_IsOne() => Assert.Equal(1, LoudnessLevel.None.Factor);

    [Theory]
    [InlineData(19_199, false)]
    [InlineData(19_200, true)]
    public void Of_Track_IsKnownWhereItIsLongEnoughToBeMeasured(long samples, bool isKnown)
    {
        var writer = new ManifestWriter();
        writer.Add(new byte[100], new SeekPoint(0, 0));
        var manifest = writer.Finish(new AudioProperties(default, 96_000, samples, 312, -3, 0.5f));

        Assert.Equal(isKnown ? new LoudnessLevel(-3, 0.5f) : LoudnessLevel.None, LoudnessLevel.Of(manifest));
    }
}
