using SpotifyCore.Client.Keeping;
using SpotifyCore.Playback.Queueing;

namespace SpotifyCore.Client.Listening;

/// <summary>
/// A queue that knows what its tracks are called. Bounded: the played ones make room. Owned by the loop.
/// </summary>
internal sealed class TrackQueue
{
    /// <summary>Tracks in it at most, played ones among them.</summary>
    public const int Limit = 10_000;

    private readonly PlayQueue _queue;
    private readonly Dictionary<long, TrackInfo> _known = [];

    /// <summary>An empty queue.</summary>
    public TrackQueue()
        : this(new PlayQueue())
    {
    }

    private TrackQueue(PlayQueue queue) => _queue = queue;

    /// <summary>The entry that plays; there must be one.</summary>
    public QueueEntry Current => _queue.Current!.Value;

    /// <summary>The entry that follows by itself, or null at the end.</summary>
    public QueueEntry? Next => _queue.Next;

    /// <summary>What happens at the end of a track and of the queue.</summary>
    public RepeatMode Repeat
    {
        get => _queue.Repeat;
        set => _queue.Repeat = value;
    }

    /// <summary>Grows with each change of what stands in the queue and is kept, or of its order.</summary>
    public long Version { get; private set; }

    /// <summary>Where the current entry stands; -1 when none is.</summary>
    public int Position => _queue.Position;

    /// <summary>True while the order is a shuffled one.</summary>
    public bool IsShuffled => _queue.IsShuffled;

    /// <summary>
    /// An empty queue to take the place of this one, which stays as it is: repeat and shuffle are the same.
    /// </summary>
    public TrackQueue CreateSuccessor() => new(_queue.CreateSuccessor()) { Version = Version + 1 };

    /// <summary>Takes its place back from its successor, whose repeat it goes on with.</summary>
    public void Succeed(TrackQueue successor) => (Repeat, Version) = (successor.Repeat, successor.Version + 1);

    /// <summary>What is known of an entry's track.</summary>
    public TrackInfo InfoOf(QueueEntry entry) => _known[entry.Id];

    /// <summary>Takes what became known of an entry's track, if it is still in the queue.</summary>
    public void Learn(QueueEntry entry, TrackInfo track)
    {
        if (!_known.TryGetValue(entry.Id, out var before))
            return;

        _known[entry.Id] = track;
        if (!KeptQueuedTrack.Of(track).IsSameAs(KeptQueuedTrack.Of(before)))
            Version++;
    }

    /// <summary>Puts tracks at the end.</summary>
    /// <exception cref="PlaybackException">There is no room for them.</exception>
    public void Add(IReadOnlyList<TrackInfo> tracks)
    {
        MakeRoom(tracks.Count);
        foreach (var track in tracks)
            _known.Add(_queue.Add(track.Id).Id, track);
    }

    /// <summary>Puts tracks, in their order, where they play next.</summary>
    /// <exception cref="PlaybackException">There is no room for them.</exception>
    public void AddNext(IReadOnlyList<TrackInfo> tracks)
    {
        MakeRoom(tracks.Count);
        for (var i = tracks.Count - 1; i >= 0; i--)
            _known.Add(_queue.AddNext(tracks[i].Id).Id, tracks[i]);
    }

    /// <summary>Takes an entry out; false when there is none of that id.</summary>
    public bool Remove(long entry)
    {
        Version++;
        return _known.Remove(entry) && _queue.Remove(entry);
    }

    /// <summary>
    /// Moves an entry that has not played to a place behind the current one, 1 being the first. False when there is
    /// none of that id, or it has played.
    /// </summary>
    public bool Move(long entry, int place)
    {
        var index = IndexOf(entry);
        Version++;
        return _queue.Position is var current and >= 0
            && index > current
            && _queue.Move(entry, Math.Min(current + place, _queue.Entries.Count - 1));
    }

    /// <summary>Takes out everything but the current entry.</summary>
    public void KeepCurrent()
    {
        foreach (var entry in _queue.Entries.Where(entry => entry != _queue.Current))
            _known.Remove(entry.Id);

        _queue.KeepCurrent();
        Version++;
    }

    /// <summary>Takes out everything.</summary>
    public void Clear()
    {
        _queue.Clear();
        _known.Clear();
        Version++;
    }

    /// <summary>Goes on as at the end of a track; false at the end of the queue.</summary>
    public bool TryAdvance() => _queue.TryAdvance();

    /// <summary>Goes on because the listener asked; false at the end of the queue.</summary>
    public bool TrySkip() => _queue.TrySkip();

    /// <summary>Goes back to the entry before; false, and nothing changes, when there is none.</summary>
    public bool TryGoBack() => _queue.TryGoBack();

    /// <summary>Goes to an entry; false, and nothing changes, when there is none of that id.</summary>
    public bool TryJump(long entry) => _queue.TryJump(entry);

    /// <summary>Puts what has not played in a random order, or everything back in its own.</summary>
    /// <param name="isShuffled">Which of the two.</param>
    /// <param name="seed">The order follows from it.</param>
    public void SetShuffle(bool isShuffled, ulong seed)
    {
        Version++;
        if (isShuffled)
            _queue.Shuffle(seed);
        else
            _queue.Unshuffle();
    }

    /// <summary>The tracks from the current one on; none when none is current.</summary>
    public List<QueuedTrack> FromCurrent() => _queue.Position < 0
        ? []
        : [.. _queue.Entries.Skip(_queue.Position).Select(entry => new QueuedTrack(entry.Id, InfoOf(entry)))];

    /// <summary>As it is kept.</summary>
    public KeptQueue ToKept() => new(
        [.. _queue.Entries.Select(entry => KeptQueuedTrack.Of(InfoOf(entry)))], _queue.StraightOrder);

    /// <summary>Takes up a queue that was kept.</summary>
    public void Restore(KeptQueue kept, int position)
    {
        Clear();
        TrackInfo[] tracks = [.. kept.Tracks.Take(Limit).Select(track => track.Info!)];
        var isWhole = tracks.Length == kept.Tracks.Length;
        _queue.Restore(
            [.. tracks.Select(track => track.Id)], isWhole ? kept.Straight : null, Math.Min(position, tracks.Length - 1));
        foreach (var (entry, track) in _queue.Entries.Zip(tracks))
            _known.Add(entry.Id, track);
    }

    // Played ones make room, unless they are to play again.
    private void MakeRoom(int tracks)
    {
        Version++;
        while (_queue.Entries.Count + tracks > Limit
            && _queue is { Repeat: not RepeatMode.All, Entries: [var oldest, ..] }
            && HasPlayed(0))
            Remove(oldest.Id);

        if (_queue.Entries.Count + tracks > Limit)
            throw new PlaybackException($"The queue takes no more than {Limit} tracks.");
    }

    private int IndexOf(long entry)
    {
        for (var i = 0; i < _queue.Entries.Count; i++)
        {
            if (_queue.Entries[i].Id == entry)
                return i;
        }

        return -1;
    }

    // With no current entry all before the next have played.
    private bool HasPlayed(int index) => _queue.Position >= 0
        ? index < _queue.Position
        : _queue.Next is not { } next || _queue.Entries[index].Id != next.Id;
}
