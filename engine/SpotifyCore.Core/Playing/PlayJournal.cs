using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Delivery;

namespace SpotifyCore.Core.Playing;

/// <summary>The latest plays that were current, and the bytes of all before them. Owned by the core's loop.</summary>
public sealed class PlayJournal
{
    /// <summary>Plays remembered one by one.</summary>
    public const int Limit = 100;

    private readonly Queue<TrackPlay> _plays = new();
    private PlayStatistics _forgotten = new();

    /// <summary>The latest plays, oldest first.</summary>
    public IReadOnlyCollection<TrackPlay> Plays => _plays;

    /// <summary>Bytes of a tier that the plays no longer remembered used up.</summary>
    public long Forgotten(Tier tier) => _forgotten.Played(tier);

    /// <summary>The play of that id, or null when it is long gone.</summary>
    public TrackPlay? Find(PlayId id)
    {
        foreach (var play in _plays)
        {
            if (play.Id == id)
                return play;
        }

        return null;
    }

    /// <summary>Remembers a play from its beginning.</summary>
    internal void Add(TrackPlay play)
    {
        _plays.Enqueue(play);
        if (_plays.Count <= Limit || _plays.Dequeue().Statistics is not { } used)
            return;

        for (var tier = default(Tier); tier <= Tier.Master; tier++)
            _forgotten.AddPlayed(tier, used.Played(tier));
    }

    /// <summary>Forgets all plays and their bytes, but the one that goes on, if one does.</summary>
    internal void Forget(TrackPlay? current)
    {
        _plays.Clear();
        _forgotten = new PlayStatistics();
        if (current is not null)
            _plays.Enqueue(current);
    }

    /// <summary>Forgets a play that came to nothing.</summary>
    internal void Drop(TrackPlay play)
    {
        for (var left = _plays.Count; left > 0; left--)
        {
            var oldest = _plays.Dequeue();
            if (oldest != play)
                _plays.Enqueue(oldest);
        }
    }
}
