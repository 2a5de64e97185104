using SpotifyCore.Search.Indexing;

namespace SpotifyCore.Search.Segments;

/// <summary>
/// A segment with those of its entries that were taken out since it was written. Safe for many readers while none is
/// taken out.
/// </summary>
internal sealed class LiveSegment
{
    private readonly ulong[] _gone;

    /// <summary>Of which none were taken out.</summary>
    public LiveSegment(Segment segment) => (Segment, _gone) = (segment, new ulong[EntryBits.Length(segment.Entries)]);

    private LiveSegment(LiveSegment other) =>
        (Segment, _gone, GoneCount) = (other.Segment, [.. other._gone], other.GoneCount);

    /// <summary>All of it.</summary>
    public Segment Segment { get; }

    /// <summary>Those that were taken out.</summary>
    public ReadOnlySpan<ulong> Gone => _gone;

    /// <summary>How many were taken out.</summary>
    public int GoneCount { get; private set; }

    /// <summary>How many were not.</summary>
    public int Count => Segment.Entries - GoneCount;

    /// <summary>Another of the same segment, from which others can be taken out.</summary>
    public LiveSegment Copy() => new(this);

    /// <summary>The entry that has an id, unless it was taken out; -1 for none.</summary>
    public int Find(ReadOnlySpan<byte> idTerm)
    {
        foreach (var entry in Segment.EntriesOf(Segment.Find(idTerm).Whole))
        {
            if (!EntryBits.Has(_gone, entry))
                return entry;
        }

        return -1;
    }

    /// <summary>Takes an entry out that is in it.</summary>
    public void Remove(int entry)
    {
        EntryBits.Add(_gone, entry);
        GoneCount++;
    }
}
