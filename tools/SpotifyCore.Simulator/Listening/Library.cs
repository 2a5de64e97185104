using SpotifyCore.Simulator.Catalogue;
using SpotifyCore.Simulator.Chance;

namespace SpotifyCore.Simulator.Listening;

/// <summary>
/// What a listener has kept, the dearest first: discovered over months by the same taste that discovers now. It is what
/// lies in the client's cache when a run begins.
/// </summary>
internal sealed class Library
{
    private readonly List<int> _tracks = [];
    private readonly HashSet<int> _known = [];
    private readonly double _power;

    /// <summary>The library of one listener, of this many tracks.</summary>
    public Library(Discovery discovery, ListeningOptions options, int size, Dice dice)
    {
        // The inverse of the distribution function of x^-a on (0, 1).
        _power = 1 / (1 - options.FavouriteExponent);
        var bound = Math.Min(size, discovery.Catalogue.Count / 2);
        while (_tracks.Count < bound)
        {
            foreach (var track in discovery.Draw(dice))
            {
                if (_tracks.Count < bound)
                    Add(track);
            }
        }
    }

    /// <summary>What was kept, the dearest first.</summary>
    public IReadOnlyList<int> Tracks => _tracks;

    /// <summary>True for what was kept.</summary>
    public bool Knows(int track) => _known.Contains(track);

    /// <summary>Keeps a track, if it is new.</summary>
    public void Add(int track)
    {
        if (_known.Add(track))
            _tracks.Add(track);
    }

    /// <summary>Draws one of them, the dearer the likelier.</summary>
    public int DrawFavourite(Dice dice) => _tracks[(int)(_tracks.Count * Math.Pow(dice.Unit(), _power))];
}
