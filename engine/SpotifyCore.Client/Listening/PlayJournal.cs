using SpotifyCore.Content.Identity;

namespace SpotifyCore.Client.Listening;

/// <summary>The latest plays, and the sum of all before them. Owned by the loop.</summary>
internal sealed class PlayJournal
{
    /// <summary>Plays remembered one by one.</summary>
    public const int Limit = 100;

    private readonly Queue<ActivePlay> _plays = new();
    private BytesBySource _forgotten;

    /// <summary>The latest plays, oldest first.</summary>
    public IEnumerable<ActivePlay> Plays => _plays;

    /// <summary>Bytes of the plays no longer remembered.</summary>
    public BytesBySource Forgotten => _forgotten;

    /// <summary>Remembers a play from its beginning.</summary>
    public void Add(ActivePlay play)
    {
        _plays.Enqueue(play);
        if (_plays.Count > Limit)
            _forgotten += _plays.Dequeue().Report(null).Bytes;
    }

    /// <summary>Forgets a play that came to nothing.</summary>
    public void Drop(ActivePlay play)
    {
        for (var left = _plays.Count; left > 0; left--)
        {
            var oldest = _plays.Dequeue();
            if (oldest != play)
                _plays.Enqueue(oldest);
        }
    }

    /// <summary>The play of that id, or null when it is long gone.</summary>
    public ActivePlay? Find(PlayId id)
    {
        foreach (var play in _plays)
        {
            if (play.Id == id)
                return play;
        }

        return null;
    }
}
