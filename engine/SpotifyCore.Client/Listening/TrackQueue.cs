using SpotifyCore.Playback.Queueing;

namespace SpotifyCore.Client.Listening;

/// <summary>
/// A queue that knows what its tracks are called. Bounded: the played ones make room. Owned by the loop.
/// </summary>
internal sealed class TrackQueue
{
    /// <summary>Tracks in it at most, played ones among them.</summary>
    public const int Limit = 10_000;

    private readonly PlayQueue _queue = new();
    private readonly Dictionary<long, TrackInfo> _known = [];

    /// <summary>The entry that plays; there must be one.</summary>
    public QueueEntry Current => _queue.Current!.Value;

    /// <summary>The entry that follows by itself, or null at the end.</summary>
    public QueueEntry? Next => _queue.Next;

    /// <summary>What is known of an entry's track.</summary>
    public TrackInfo InfoOf(QueueEntry entry) => _known[entry.Id];

    /// <summary>Takes what became known of an entry's track, if it is still in the queue.</summary>
    public void Learn(QueueEntry entry, TrackInfo track)
    {
        if (_known.ContainsKey(entry.Id))
            _known[entry.Id] = track;
    }

    /// <summary>Puts tracks at the end.</summary>
    /// <exception cref="PlaybackException">There is no room for them.</exception>
    public void Add(IReadOnlyList<TrackInfo> tracks)
    {
        while (_queue.Entries.Count + tracks.Count > Limit && _queue.Entries is [var oldest, ..] && HasPlayed(0))
        {
            _queue.Remove(oldest.Id);
            _known.Remove(oldest.Id);
        }

        if (_queue.Entries.Count + tracks.Count > Limit)
            throw new PlaybackException($"The queue takes no more than {Limit} tracks.");

        foreach (var track in tracks)
            _known.Add(_queue.Add(track.Id).Id, track);
    }

    /// <summary>Takes out everything.</summary>
    public void Clear()
    {
        _queue.Clear();
        _known.Clear();
    }

    /// <summary>Goes on as at the end of a track; false at the end of the queue.</summary>
    public bool TryAdvance() => _queue.TryAdvance();

    /// <summary>Goes on because the listener asked; false at the end of the queue.</summary>
    public bool TrySkip() => _queue.TrySkip();

    /// <summary>The tracks from the current one on; none when none is current.</summary>
    public List<TrackInfo> FromCurrent() => _queue.Position < 0
        ? []
        : [.. _queue.Entries.Skip(_queue.Position).Select(InfoOf)];

    // With no current entry all before the next have played.
    private bool HasPlayed(int index) => _queue.Position >= 0
        ? index < _queue.Position
        : _queue.Next is not { } next || _queue.Entries[index].Id != next.Id;
}
