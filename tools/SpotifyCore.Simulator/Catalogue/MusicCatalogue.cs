using SpotifyCore.Simulator.Chance;

namespace SpotifyCore.Simulator.Catalogue;

/// <summary>
/// The tracks, by rank: track 0 is the most popular. Popularity is Zipf's; albums gather tracks of like popularity,
/// playlists what is popular.
/// </summary>
internal sealed class MusicCatalogue
{
    private readonly int[] _albumOf;
    private readonly int[][] _albums;
    private readonly int[][] _playlists;
    private readonly double[] _seconds;
    private readonly WeightedChoice _tracks;
    private readonly WeightedChoice _playlistChoice;

    /// <summary>Makes the catalogue that a seed names.</summary>
    public MusicCatalogue(CatalogueOptions options, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Tracks, options.MostAlbum, nameof(options));
        Options = options;
        var dice = Dice.Of(seed, DicePurpose.Catalogue);
        _tracks = new WeightedChoice(Zipf(options.Tracks, options.Exponent));
        _seconds = Lengths(options, dice);
        _albums = AlbumMaker.Make(options, dice);
        _albumOf = new int[options.Tracks];
        for (var album = 0; album < _albums.Length; album++)
        {
            foreach (var track in _albums[album])
                _albumOf[track] = album;
        }

        _playlists = MakePlaylists(options, dice);
        _playlistChoice = new WeightedChoice(Zipf(_playlists.Length, 1));
    }

    /// <summary>What it was made from.</summary>
    public CatalogueOptions Options { get; }

    /// <summary>Tracks.</summary>
    public int Count => _seconds.Length;

    /// <summary>Zipf's weights, unnormalised.</summary>
    public static double[] Zipf(int count, double exponent)
    {
        var weights = new double[count];
        for (var rank = 0; rank < count; rank++)
            weights[rank] = Math.Pow(rank + 1, -exponent);

        return weights;
    }

    /// <summary>How long a track plays; one that was released since is of mean length.</summary>
    public double SecondsOf(int track) => track < Count ? _seconds[track] : Options.MeanSeconds;

    /// <summary>Draws a track by popularity.</summary>
    public int DrawTrack(Dice dice) => _tracks.Draw(dice);

    /// <summary>The album of a track, in its order.</summary>
    public ReadOnlySpan<int> AlbumOf(int track) => _albums[_albumOf[track]];

    /// <summary>Draws a playlist by popularity.</summary>
    public ReadOnlySpan<int> DrawPlaylist(Dice dice) => _playlists[_playlistChoice.Draw(dice)];

    private static double[] Lengths(CatalogueOptions options, Dice dice)
    {
        var (lengths, total) = (new double[options.Tracks], 0.0);
        foreach (ref var length in lengths.AsSpan())
        {
            length = Math.Clamp(dice.LogNormal(options.MeanSeconds, options.LengthSigma), 40, 900);
            total += length;
        }

        // A small catalogue has the mean exactly, so that the sizes of files do not depend on the seed.
        var factor = options.MeanSeconds * lengths.Length / total;
        foreach (ref var length in lengths.AsSpan())
            length *= factor;

        return lengths;
    }

    private int[][] MakePlaylists(CatalogueOptions options, Dice dice)
    {
        var playlists = new int[Math.Max(1, options.Tracks / options.TracksPerPlaylist)][];
        var seen = new HashSet<int>();
        for (var i = 0; i < playlists.Length; i++)
        {
            seen.Clear();
            var length = Math.Min(10 + (int)dice.Exponential(options.MeanPlaylist - 10), options.Tracks / 4);
            for (var tries = 0; seen.Count < length && tries < 20 * length; tries++)
                seen.Add(_tracks.Draw(dice));

            playlists[i] = [.. seen];
            dice.Shuffle<int>(playlists[i]);
        }

        return playlists;
    }
}
