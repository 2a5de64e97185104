using SpotifyCore.Simulator.Catalogue;
using SpotifyCore.Simulator.Chance;

namespace SpotifyCore.Simulator.Tests.Catalogue;

public sealed class MusicCatalogueTests
{
    private static readonly MusicCatalogue Music = new(new CatalogueOptions { Tracks = 5_000, Exponent = 1.1 }, 1);

    [Fact]
    public void SecondsOf_AllTracks_HaveTheMeanAndSpread()
    {
        double[] lengths = [.. Enumerable.Range(0, Music.Count).Select(Music.SecondsOf)];

        Assert.Equal(240, lengths.Average(), 6);
        Assert.InRange(lengths.Min(), 35, 120);
        Assert.InRange(lengths.Max(), 480, 960);
    }

    [Fact]
    public void DrawTrack_ManyDraws_FollowsZipf()
    {
        var (dice, counts) = (new Dice(5), new int[Music.Count]);
        for (var i = 0; i < 500_000; i++)
            counts[Music.DrawTrack(dice)]++;

        // The slope of log(plays) over log(rank), by least squares over ranks that were drawn often.
        var points = Enumerable.Range(0, 300)
            .Select(rank => (X: Math.Log(rank + 1), Y: Math.Log(counts[rank])))
            .ToArray();
        var (meanX, meanY) = (points.Average(point => point.X), points.Average(point => point.Y));
        var slope = points.Sum(point => (point.X - meanX) * (point.Y - meanY))
            / points.Sum(point => (point.X - meanX) * (point.X - meanX));
        Assert.InRange(slope, -1.13, -1.07);
    }

    [Fact]
    public void AlbumOf_EveryTrack_HoldsItAmongEightToSixteen()
    {
        var albums = new HashSet<int>();
        for (var track = 0; track < Music.Count; track++)
        {
            var album = Music.AlbumOf(track);
            Assert.True(album.IndexOf(track) >= 0);
            Assert.True(album.Length <= 16);
            if (album.Length < 8)
                albums.Add(album[0]);
        }

        Assert.True(albums.Count <= 1, "Only the last album may be cut short.");
    }

    [Fact]
    public void AlbumOf_PopularTrack_IsOfPopularTracks()
    {
        double MeanRank(int from) => Enumerable.Range(from, 100)
            .Average(track => Music.AlbumOf(track).ToArray().Average());

        Assert.True(MeanRank(0) < 0.5 * MeanRank(4_000));
    }

    [Fact]
    public void DrawPlaylist_Draws_AreOfDistinctTracks()
    {
        var dice = new Dice(1);
        for (var i = 0; i < 200; i++)
        {
            var playlist = Music.DrawPlaylist(dice).ToArray();
            Assert.Equal(playlist.Length, playlist.Distinct().Count());
            Assert.InRange(playlist.Length, 10, 1_250);
        }
    }

    [Fact]
    public void Create_SameSeed_IsTheSame()
    {
        var again = new MusicCatalogue(Music.Options, 1);

        Assert.All(Enumerable.Range(0, Music.Count), track =>
        {
            Assert.Equal(Music.SecondsOf(track), again.SecondsOf(track));
            Assert.Equal(Music.AlbumOf(track).ToArray(), again.AlbumOf(track).ToArray());
        });
    }
}
