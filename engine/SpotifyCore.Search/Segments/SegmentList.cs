using SpotifyCore.Search.Indexing;

namespace SpotifyCore.Search.Segments;

/// <summary>
/// The segments that are searched: the file's, if there is one, then those in memory, each of what was added later.
/// Owns them. Many read at once; one at a time changes them, between two readers.
/// </summary>
internal sealed class SegmentList : IDisposable
{
    // Up to here what is added becomes one segment with what was added before: many small ones are slow to read.
    private const int SmallEntries = 1_024;

    private readonly ReaderWriterLockSlim _usage = new();
    private readonly List<LiveSegment> _segments = [];

    /// <summary>Reads them; they stay as they are meanwhile.</summary>
    /// <param name="read">Gets those that have entries.</param>
    public void Read(Action<IReadOnlyList<LiveSegment>> read)
    {
        _usage.EnterReadLock();
        try
        {
            read([.. _segments.Where(static one => one.Count > 0)]);
        }
        finally
        {
            _usage.ExitReadLock();
        }
    }

    /// <summary>All there are, for whoever changes them.</summary>
    public IReadOnlyList<LiveSegment> All => _segments;

    /// <summary>Adds one behind the others and takes entries out of those, at one moment.</summary>
    public void Add(Segment? added, IEnumerable<(LiveSegment Segment, int Entry)> removed) => Change(() =>
    {
        foreach (var (segment, entry) in removed)
            segment.Remove(entry);
        if (added is not null)
            _segments.Add(new LiveSegment(added));
    });

    /// <summary>Makes one of those that were added last, while they are small beside each other.</summary>
    /// <param name="from">Those before stay as they are.</param>
    public void MergeSmall(int from)
    {
        var (first, entries) = (_segments.Count, 0);
        for (; first > from && _segments[first - 1].Count <= Math.Max(SmallEntries, 2 * entries); first--)
            entries += _segments[first - 1].Count;

        if (_segments.Count - first < 2)
            return;

        var merge = new SegmentMerge(_segments[first..]);
        var merged = SegmentBuilder.Write(merge.Layout, writer => merge.Write(writer, CancellationToken.None));
        Replace(first, _segments.Count - first, [], () => merged);
    }

    /// <summary>Puts one in place of several.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="gone">Places of entries that are taken out of it.</param>
    /// <param name="open">Opens what takes their place, after they are closed.</param>
    public void Replace(int first, int count, IReadOnlyList<long> gone, Func<Segment> open) => Change(() =>
    {
        foreach (var one in _segments[first..(first + count)])
            one.Segment.Dispose();

        _segments.RemoveRange(first, count);
        var opened = new LiveSegment(open());
        foreach (var place in gone)
            opened.Remove(opened.Segment.Places.BinarySearch(place));

        _segments.Insert(first, opened);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var one in _segments)
            one.Segment.Dispose();

        _segments.Clear();
        _usage.Dispose();
    }

    private void Change(Action change)
    {
        _usage.EnterWriteLock();
        try
        {
            change();
        }
        finally
        {
            _usage.ExitWriteLock();
        }
    }
}
