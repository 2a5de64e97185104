using SpotifyCore.Content.Identity;

namespace SpotifyCore.Swarm.Neighbours;

/// <summary>
/// What is known of one peer's holdings: of the few files asked about last. A fixed number of places.
/// </summary>
public struct Holdings
{
    /// <summary>Files remembered for a peer; the one noted longest ago makes room.</summary>
    public const int Places = 4;

    private (FileId File, HoldingState State)[]? _places;
    private int _next;

    /// <summary>What is known of a file.</summary>
    public readonly HoldingState this[FileId file]
    {
        get
        {
            var place = Find(file);
            return place < 0 ? HoldingState.Unknown : _places![place].State;
        }
    }

    /// <summary>Notes what is known of a file.</summary>
    public void Set(FileId file, HoldingState state)
    {
        _places ??= new (FileId, HoldingState)[Places];
        var place = Find(file);
        if (place < 0)
        {
            place = _next;
            _next = (_next + 1) % Places;
        }

        _places[place] = (file, state);
    }

    private readonly int Find(FileId file)
    {
        if (_places is not null)
        {
            for (var i = 0; i < _places.Length; i++)
            {
                if (_places[i].State != HoldingState.Unknown && _places[i].File == file)
                    return i;
            }
        }

        return -1;
    }
}
