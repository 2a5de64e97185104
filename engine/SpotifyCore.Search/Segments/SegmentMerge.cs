using System.Runtime.InteropServices;
using SpotifyCore.Search.Indexing;

namespace SpotifyCore.Search.Segments;

/// <summary>Several segments as one, without what was taken out of them.</summary>
internal sealed class SegmentMerge
{
    private const int CheckEvery = 4_096;

    private readonly IReadOnlyList<LiveSegment> _sources;

    /// <summary>Reads nothing yet.</summary>
    public SegmentMerge(IReadOnlyList<LiveSegment> sources)
    {
        _sources = sources;
        Layout = new SegmentLayout(
            checked(sources.Sum(static one => one.Count)),
            checked(sources.Sum(static one => one.Segment.Terms)),
            checked(sources.Sum(static one => one.Segment.Postings)),
            checked(sources.Sum(static one => one.Segment.Text)));
    }

    /// <summary>What there must be room for.</summary>
    public SegmentLayout Layout { get; }

    /// <summary>Writes entries and terms.</summary>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public void Write(SegmentWriter writer, CancellationToken stop)
    {
        var newEntries = WriteEntries(writer);
        var next = new int[_sources.Count];
        var having = new List<int>();
        for (var written = 0; ; written++)
        {
            if (written % CheckEvery == 0)
                stop.ThrowIfCancellationRequested();

            var first = -1;
            for (var source = 0; source < next.Length; source++)
            {
                if (next[source] < _sources[source].Segment.Terms
                    && (first < 0 || TermOf(source, next).SequenceCompareTo(TermOf(first, next)) < 0))
                    first = source;
            }

            if (first < 0)
                return;

            WriteTerm(writer, first, next, newEntries, having);
        }
    }

    private ReadOnlySpan<byte> TermOf(int source, int[] next) => _sources[source].Segment.Term(next[source]);

    // Of each source's entries, which they are now; -1 for those that were taken out.
    private int[][] WriteEntries(SegmentWriter writer)
    {
        var newEntries = _sources.Select(static one => new int[one.Segment.Entries]).ToArray();
        var next = new int[_sources.Count];
        for (var written = 0; ;)
        {
            var (first, place) = (-1, long.MaxValue);
            for (var source = 0; source < next.Length; source++)
            {
                var places = _sources[source].Segment.Places;
                if (next[source] < places.Length && places[next[source]] < place)
                    (first, place) = (source, places[next[source]]);
            }

            if (first < 0)
                return newEntries;

            var entry = next[first]++;
            var isGone = EntryBits.Has(_sources[first].Gone, entry);
            newEntries[first][entry] = isGone ? -1 : written++;
            if (isGone)
                continue;

            var segment = _sources[first].Segment;
            writer.AddEntry(place, segment.PlaysOf(entry), segment.AddedOf(entry));
        }
    }

    private void WriteTerm(SegmentWriter writer, int first, int[] next, int[][] newEntries, List<int> having)
    {
        var term = TermOf(first, next);
        var from = 0;
        having.Clear();
        for (var source = first; source < next.Length; source++)
        {
            var segment = _sources[source].Segment;
            if (next[source] == segment.Terms || !segment.Term(next[source]).SequenceEqual(term))
                continue;

            foreach (var entry in segment.EntriesOf(new TermRange(next[source], next[source] + 1, HasWhole: true)))
            {
                if (newEntries[source][entry] is >= 0 and var now)
                    having.Add(now);
            }

            from += having.Count > 0 ? 1 : 0;
            next[source]++;
        }

        if (from > 1)
            having.Sort();
        if (having.Count > 0)
            writer.AddTerm(term, CollectionsMarshal.AsSpan(having));
    }
}
