using SpotifyCore.Backend.Catalogue;

namespace SpotifyCore.Backend.Tests.Catalogue;

public sealed class AlbumLoudnessTests
{
    [Fact]
    public void Of_OneTrack_IsItsGain() =>
        Assert.Equal(new AlbumLoudness(-6, 0.5f), AlbumLoudness.Of([(-12, 1_000, 0.5f)]));

    [Fact]
    public void Of_LoudAndQuiet_IsTheMeanOfEnergies()
    {
        // 10 times the energy for half of the time: 5.5 times the quiet one's, 7.404 dB above it.
        var album = AlbumLoudness.Of([(-10, 60_000, 1.1f), (-20, 60_000, 0.4f)]);

        Assert.Equal(-18 - (-20 + 7.4036f), album.Gain, 3);
        Assert.Equal(1.1f, album.Peak);
    }

    [Fact]
    public void Of_LongerTrack_WeighsMore() =>
        Assert.Equal(
            -18 - (-20 + 10 * MathF.Log10((10 + 3) / 4f)), AlbumLoudness.Of([(-10, 1_000, 1), (-20, 3_000, 1)]).Gain,
            3);

    [Fact]
    public void Of_Silence_DoesNotCount()
    {
        Assert.Equal(-6, AlbumLoudness.Of([(-12, 1_000, 0.5f), (-70, 100_000, 0), (-200, 5_000, 0)]).Gain, 3);
        Assert.Equal(new AlbumLoudness(0, 0), AlbumLoudness.Of([(-90, 1_000, 0)]));
        Assert.Equal(new AlbumLoudness(0, 0), AlbumLoudness.Of([]));
    }
}
