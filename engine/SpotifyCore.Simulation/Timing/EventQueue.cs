namespace SpotifyCore.Simulation.Timing;

/// <summary>
/// What is due when, in order of time, then of asking: a heap of four children a node over keys of 16 bytes; what
/// they stand for rests in pooled places, so nothing is allocated an event.
/// </summary>
internal sealed class EventQueue
{
    private const int PlaceBits = 24;
    private const int MostPlaces = 1 << PlaceBits;
    private const ulong PlaceMask = MostPlaces - 1;

    private Key[] _heap = new Key[4096];
    private Entry[] _entries = new Entry[4096];
    private int _free = -1;
    private int _used;
    private ulong _asked;

    /// <summary>Events that wait.</summary>
    public int Count { get; private set; }

    /// <summary>When the first is due; <see cref="long.MaxValue"/> when none is.</summary>
    public long NextAt => Count == 0 ? long.MaxValue : _heap[0].At;

    public void Push(long at, IDue target, int what, long value)
    {
        var place = Take();
        _entries[place] = new Entry(target, what, value);
        var key = new Key(at, (++_asked << PlaceBits) | (uint)place);
        if (Count == _heap.Length)
            Array.Resize(ref _heap, Count * 2);

        Rise(Count++, key);
    }

    public Entry Pop(out long at)
    {
        var top = _heap[0];
        at = top.At;
        var place = (int)(top.Order & PlaceMask);
        var entry = _entries[place];
        _entries[place] = new Entry(null!, _free, 0);
        _free = place;
        var last = _heap[--Count];
        if (Count > 0)
            Sink(last);

        return entry;
    }

    private int Take()
    {
        if (_free >= 0)
        {
            var place = _free;
            _free = _entries[place].What;
            return place;
        }

        if (_used == _entries.Length)
            Array.Resize(ref _entries, _used * 2);

        if (_used == MostPlaces)
            throw new InvalidOperationException("Too many events wait at once.");

        return _used++;
    }

    private void Rise(int at, Key key)
    {
        var heap = _heap;
        while (at > 0)
        {
            var parent = (at - 1) >> 2;
            if (!key.Before(heap[parent]))
                break;

            heap[at] = heap[parent];
            at = parent;
        }

        heap[at] = key;
    }

    private void Sink(Key key)
    {
        var (heap, at, count) = (_heap, 0, Count);
        while (true)
        {
            var child = (at << 2) + 1;
            if (child >= count)
                break;

            var least = child;
            var end = Math.Min(child + 4, count);
            for (var other = child + 1; other < end; other++)
            {
                if (heap[other].Before(heap[least]))
                    least = other;
            }

            if (!heap[least].Before(key))
                break;

            heap[at] = heap[least];
            at = least;
        }

        heap[at] = key;
    }

    /// <summary>One thing to happen.</summary>
    internal readonly record struct Entry(IDue Target, int What, long Value);

    // Order: the number of asking above, the place of what is to happen below.
    private readonly record struct Key(long At, ulong Order)
    {
        public bool Before(in Key other) => At < other.At || (At == other.At && Order < other.Order);
    }
}
