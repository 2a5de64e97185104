using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Queueing;

/// <summary>
/// What plays, what has played and what will. Bounded: the played ones make room. Pure: does no I/O, reads no clock,
/// draws chance from the seed it is given. Owned by one thread.
/// </summary>
public sealed class PlayQueue
{
    /// <summary>Tracks in it at most, played ones among them.</summary>
    public const int Limit = 10_000;

    private readonly List<QueueEntry> _entries = [];
    private readonly StrongBox<long> _lastId;

    // The order before shuffling; null while not shuffled.
    private List<QueueEntry>? _straight;

    // Entries before the cursor have played, the last of them is the current one if there is one.
    private int _cursor;
    private bool _hasCurrent;

    /// <summary>An empty queue.</summary>
    public PlayQueue()
        : this(new StrongBox<long>())
    {
    }

    private PlayQueue(StrongBox<long> lastId) => _lastId = lastId;

    /// <summary>All entries, in the order they play.</summary>
    public IReadOnlyList<QueueEntry> Entries => _entries;

    /// <summary>
    /// Where the current entry stands, or -1 when none is: before the first, after the last, or it was removed.
    /// </summary>
    public int Position => _hasCurrent ? _cursor - 1 : -1;

    /// <summary>What happens at the end of a track and of the queue.</summary>
    public RepeatMode Repeat { get; set; }

    /// <summary>Grows with each change of what stands in the queue, or of its order.</summary>
    public long Version { get; private set; }

    /// <summary>Tracks that can be put in without played ones making room.</summary>
    public int Room => Limit - _entries.Count;

    /// <summary>True after <see cref="Shuffle"/> and before <see cref="Unshuffle"/>.</summary>
    public bool IsShuffled => _straight is not null;

    /// <summary>The entry that plays, or null.</summary>
    public QueueEntry? Current => _hasCurrent ? _entries[_cursor - 1] : null;

    /// <summary>The entry that follows by itself, or null at the end.</summary>
    public QueueEntry? Next =>
        Repeat == RepeatMode.One && _hasCurrent ? Current : Following is var index and >= 0 ? _entries[index] : null;

    /// <summary>
    /// The entries from the current one on; none when none is current. Valid until the next change.
    /// </summary>
    public ReadOnlySpan<QueueEntry> FromCurrent =>
        _hasCurrent ? CollectionsMarshal.AsSpan(_entries)[(_cursor - 1)..] : default;

    // With no current entry all before the next have played.
    private int Played => _hasCurrent ? _cursor - 1 : Next is { } next ? IndexOf(_entries, next.Id) : _entries.Count;

    private int Following =>
        _cursor < _entries.Count ? _cursor : Repeat == RepeatMode.All && _entries.Count > 0 ? 0 : -1;

    /// <summary>The places in <see cref="Entries"/> of the order before shuffling; null while not shuffled.</summary>
    public int[]? StraightOrder
    {
        get
        {
            if (_straight is null)
                return null;

            var places = new Dictionary<long, int>(_entries.Count);
            for (var i = 0; i < _entries.Count; i++)
                places.Add(_entries[i].Id, i);

            return [.. _straight.Select(entry => places[entry.Id])];
        }
    }

    /// <summary>Whether places can be a <see cref="StraightOrder"/> of so many tracks: each is named once.</summary>
    public static bool IsOrder(IReadOnlyCollection<int> places, int tracks) =>
        places.Count == tracks && places.Order().SequenceEqual(Enumerable.Range(0, tracks));

    /// <summary>
    /// An empty queue that may take this one's place for a while: repeat and shuffle are the same, and no entry of
    /// either ever has the id of one of the other.
    /// </summary>
    public PlayQueue CreateSuccessor() =>
        new(_lastId) { Repeat = Repeat, Version = Version + 1, _straight = IsShuffled ? [] : null };

    /// <summary>Takes its place back from its successor, whose repeat it goes on with.</summary>
    public void Succeed(PlayQueue successor) => (Repeat, Version) = (successor.Repeat, successor.Version + 1);

    /// <summary>Takes up a queue that was kept, in place of what it holds; what is beyond the limit is left.</summary>
    /// <param name="tracks">Its tracks, in the order in which they play.</param>
    /// <param name="straightOrder">What <see cref="StraightOrder"/> was.</param>
    /// <param name="position">The current entry's place; -1 for none, and all of it has played.</param>
    public void Restore(ReadOnlySpan<TrackId> tracks, int[]? straightOrder, int position)
    {
        Clear();
        _straight = null;
        if (tracks.Length > Limit)
        {
            tracks = tracks[..Limit];
            straightOrder = null;
        }

        foreach (var track in tracks)
            Add(track);

        position = Math.Min(position, _entries.Count - 1);
        _straight = straightOrder is null ? null : [.. straightOrder.Select(place => _entries[place])];
        (_cursor, _hasCurrent) = position < 0 ? (_entries.Count, false) : (position + 1, true);
    }

    /// <summary>True when so many tracks can be put in: played ones make room, unless they are to play again.</summary>
    public bool HasRoomFor(int tracks) => tracks <= Room + (Repeat == RepeatMode.All ? 0 : Played);

    /// <summary>Puts tracks at the end.</summary>
    /// <returns>The ids of their entries.</returns>
    /// <exception cref="InvalidOperationException">There is no room for them.</exception>
    public long[] Add(ReadOnlySpan<TrackId> tracks)
    {
        MakeRoom(tracks.Length);
        var entries = new long[tracks.Length];
        for (var i = 0; i < tracks.Length; i++)
            entries[i] = Add(tracks[i]).Id;

        return entries;
    }

    /// <summary>Puts tracks, in their order, where they play next.</summary>
    /// <returns>The ids of their entries.</returns>
    /// <exception cref="InvalidOperationException">There is no room for them.</exception>
    public long[] AddNext(ReadOnlySpan<TrackId> tracks)
    {
        MakeRoom(tracks.Length);
        var entries = new long[tracks.Length];
        for (var i = tracks.Length - 1; i >= 0; i--)
            entries[i] = AddNext(tracks[i]).Id;

        return entries;
    }

    /// <summary>Puts a track at the end.</summary>
    public QueueEntry Add(TrackId track)
    {
        var entry = new QueueEntry(++_lastId.Value, track);
        _entries.Add(entry);
        _straight?.Add(entry);
        Version++;
        return entry;
    }

    /// <summary>Puts a track where it plays next.</summary>
    public QueueEntry AddNext(TrackId track)
    {
        var entry = new QueueEntry(++_lastId.Value, track);
        if (_straight is not null)
            _straight.Insert(_hasCurrent ? IndexOf(_straight, Current!.Value.Id) + 1 : 0, entry);

        _entries.Insert(_cursor, entry);
        Version++;
        return entry;
    }

    /// <summary>
    /// Takes an entry out. When it is the current one, none is current and the one after it is next. False when
    /// there is none of that id.
    /// </summary>
    public bool Remove(long id)
    {
        var index = IndexOf(_entries, id);
        if (index < 0)
            return false;

        if (index == Position)
            _hasCurrent = false;

        if (index < _cursor)
            _cursor--;

        _entries.RemoveAt(index);
        _straight?.RemoveAt(IndexOf(_straight, id));
        Version++;
        return true;
    }

    /// <summary>
    /// Moves an entry to another index; the current entry stays current. False when there is none of that id.
    /// </summary>
    public bool Move(long id, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _entries.Count);
        var from = IndexOf(_entries, id);
        if (from < 0)
            return false;

        Version++;
        var current = Current;
        var entry = _entries[from];
        _entries.RemoveAt(from);
        _entries.Insert(index, entry);
        if (current is { } playing)
            _cursor = IndexOf(_entries, playing.Id) + 1;
        else if (from < _cursor && index >= _cursor)
            _cursor--;
        else if (from >= _cursor && index < _cursor)
            _cursor++;

        return true;
    }

    /// <summary>
    /// True when an entry can be moved behind the current one: there is a current one, and it stands behind it.
    /// </summary>
    public bool MayMove(long id) => _hasCurrent && IndexOf(_entries, id) >= _cursor;

    /// <summary>
    /// Moves an entry that has not played to a place behind the current one, 1 being the first, past the end the last.
    /// False when there is none of that id, or it has played.
    /// </summary>
    public bool MoveBehindCurrent(long id, int place) =>
        MayMove(id) && Move(id, (int)Math.Min((long)Position + place, _entries.Count - 1));

    /// <summary>Takes out everything but the current entry.</summary>
    public void KeepCurrent()
    {
        var current = Current;
        Clear();
        if (current is not { } kept)
            return;

        _entries.Add(kept);
        _straight?.Add(kept);
        (_cursor, _hasCurrent) = (1, true);
    }

    /// <summary>Takes out everything.</summary>
    public void Clear()
    {
        _entries.Clear();
        _straight?.Clear();
        _cursor = 0;
        _hasCurrent = false;
        Version++;
    }

    /// <summary>
    /// Goes on to <see cref="Next"/>, as at the end of a track. False, and nothing current, at the end of the
    /// queue.
    /// </summary>
    public bool TryAdvance() => (Repeat == RepeatMode.One && _hasCurrent) || TrySkip();

    /// <summary>Goes to the following entry because the listener asked: past a repeated one, too.</summary>
    public bool TrySkip()
    {
        var index = Following;
        _hasCurrent = index >= 0;
        if (_hasCurrent)
            _cursor = index + 1;

        return _hasCurrent;
    }

    /// <summary>Goes back to the entry before. False, and nothing changes, when there is none.</summary>
    public bool TryGoBack()
    {
        var index = _hasCurrent ? _cursor - 2 : _cursor - 1;
        if (index < 0)
            return false;

        _cursor = index + 1;
        _hasCurrent = true;
        return true;
    }

    /// <summary>True when there is an entry of that id.</summary>
    public bool Contains(long id) => IndexOf(_entries, id) >= 0;

    /// <summary>Goes to an entry. False, and nothing changes, when there is none of that id.</summary>
    public bool TryJump(long id)
    {
        var index = IndexOf(_entries, id);
        if (index < 0)
            return false;

        _cursor = index + 1;
        _hasCurrent = true;
        return true;
    }

    /// <summary>Puts what has not played yet in an order drawn from <paramref name="seed"/>.</summary>
    public void Shuffle(ulong seed)
    {
        _straight ??= [.. _entries];
        Version++;
        var state = seed;
        for (var last = _entries.Count - 1; last > _cursor; last--)
        {
            var other = _cursor + (int)(Draw(ref state) % (ulong)(last - _cursor + 1));
            (_entries[last], _entries[other]) = (_entries[other], _entries[last]);
        }
    }

    /// <summary>
    /// Puts all entries back in the order before shuffling; what follows the current one there follows it
    /// again.
    /// </summary>
    public void Unshuffle()
    {
        if (_straight is null)
            return;

        Version++;
        var current = Current;
        var ended = _cursor == _entries.Count;
        _entries.Clear();
        _entries.AddRange(_straight);
        _straight = null;
        _cursor = current is { } playing ? IndexOf(_entries, playing.Id) + 1 : ended ? _entries.Count : 0;
    }

    private void MakeRoom(int tracks)
    {
        if (!HasRoomFor(tracks))
            throw new InvalidOperationException($"The queue takes no more than {Limit} tracks.");

        while (tracks > Room)
            Remove(_entries[0].Id);
    }

    private static int IndexOf(List<QueueEntry> entries, long id)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Id == id)
                return i;
        }

        return -1;
    }

    // SplitMix64: every seed gives a full-period sequence.
    private static ulong Draw(ref ulong state)
    {
        var mixed = state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
