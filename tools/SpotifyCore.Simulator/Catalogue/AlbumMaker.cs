using SpotifyCore.Simulator.Chance;

namespace SpotifyCore.Simulator.Catalogue;

/// <summary>Deals the catalogue's ranks out to albums: the tracks of one album are of like popularity.</summary>
internal static class AlbumMaker
{
    public static int[][] Make(CatalogueOptions options, Dice dice)
    {
        var places = new List<(double Score, int Album)>(options.Tracks);
        for (var album = 0; places.Count < options.Tracks; album++)
        {
            var length = options.LeastAlbum + dice.Below(options.MostAlbum - options.LeastAlbum + 1);
            var renown = dice.Exponential(1) * 3;
            for (var i = 0; i < length && places.Count < options.Tracks; i++)
                places.Add((renown + (options.AlbumSigma * dice.Normal()), album));
        }

        var albums = new List<int>[places[^1].Album + 1];
        for (var album = 0; album < albums.Length; album++)
            albums[album] = [];

        // The place with the highest score is the most popular track.
        places.Sort(static (one, other) => other.CompareTo(one));
        for (var rank = 0; rank < places.Count; rank++)
            albums[places[rank].Album].Add(rank);

        return [.. albums.Select(album => Ordered(album, dice))];
    }

    private static int[] Ordered(List<int> album, Dice dice)
    {
        var tracks = album.ToArray();
        dice.Shuffle<int>(tracks);
        return tracks;
    }
}
