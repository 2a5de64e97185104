using System.Text;
using SpotifyCore.Search.Indexing;

namespace SpotifyCore.Search.Segments;

/// <summary>Makes a segment in memory of entries that are new.</summary>
internal static class SegmentBuilder
{
    /// <summary>Makes it.</summary>
    /// <param name="entries">What is new; no place twice.</param>
    /// <param name="words">To which the words of titles and artists are added.</param>
    public static Segment Build(IEnumerable<(long Place, SearchEntry Entry)> entries, ICollection<string> words)
    {
        var ordered = entries.OrderBy(static one => one.Place).ToArray();
        var byTerm = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var entry = 0; entry < ordered.Length; entry++)
        {
            foreach (var term in EntryTerms.Of(ordered[entry].Entry, words))
            {
                if (byTerm.TryGetValue(term, out var known))
                    known.Add(entry);
                else
                    byTerm.Add(term, [entry]);
            }
        }

        var terms = byTerm.Select(static one => (Text: Encoding.UTF8.GetBytes(one.Key), Entries: one.Value)).ToArray();
        Array.Sort(terms, static (one, other) => one.Text.AsSpan().SequenceCompareTo(other.Text));
        var layout = new SegmentLayout(
            ordered.Length, terms.Length, terms.Sum(static one => one.Entries.Count),
            terms.Sum(static one => one.Text.Length));
        return Write(layout, writer =>
        {
            foreach (var (place, entry) in ordered)
                writer.AddEntry(place, entry.Plays, entry.Added);
            foreach (var (text, having) in terms)
                writer.AddTerm(text, [.. having]);
        });
    }

    /// <summary>Makes a segment in memory of what is written into it.</summary>
    public static Segment Write(SegmentLayout layout, Action<SegmentWriter> write)
    {
        var memory = SegmentMemory.Allocate(layout.Length(SegmentLayout.MaxRanges));
        try
        {
            var writer = new SegmentWriter(memory, layout);
            write(writer);
            writer.Finish();
            return new Segment(memory);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }
}
