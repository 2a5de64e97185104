using SpotifyCore.Search.Indexing;

namespace SpotifyCore.Search.Segments;

/// <summary>Writes a segment: its entries, then its terms, then the rest, which follows from those.</summary>
internal sealed class SegmentWriter(SegmentMemory memory, SegmentLayout layout)
{
    // In bytes, with the mark: what is longer is in few names.
    private const int LongestOfMany = 24;

    private int _entries;
    private int _terms;
    private int _postings;
    private int _text;

    /// <summary>Adds an entry, of a place behind the one before.</summary>
    public void AddEntry(long place, long plays, long added)
    {
        memory.Part<long>(layout.Places, layout.Entries)[_entries] = place;
        memory.Part<long>(layout.Plays, layout.Entries)[_entries] = plays;
        memory.Part<long>(layout.Added, layout.Entries)[_entries] = added;
        _entries++;
    }

    /// <summary>Adds a term behind the one before, with the entries that have it, in order, at least one.</summary>
    public void AddTerm(ReadOnlySpan<byte> term, ReadOnlySpan<int> entries)
    {
        term.CopyTo(memory.Part<byte>(layout.TextAt, layout.Text)[_text..]);
        entries.CopyTo(memory.Part<int>(layout.PostingsAt, layout.Postings)[_postings..]);
        _text += term.Length;
        _postings += entries.Length;
        memory.Part<int>(layout.TextEnds, layout.Terms)[_terms] = _text;
        memory.Part<int>(layout.PostingEnds, layout.Terms)[_terms] = _postings;
        _terms++;
    }

    /// <summary>Writes what remains.</summary>
    /// <returns>How long it came out, in bytes: at most <see cref="SegmentLayout.Length"/> with all sets.</returns>
    public long Finish(long catalogue = 0, long change = 0, long next = 0)
    {
        WriteTermsOfEntries();
        ref var header = ref memory.Part<SegmentHeader>(0, 1)[0];
        header = new SegmentHeader
        {
            Magic = SegmentHeader.Expected,
            Catalogue = catalogue,
            Change = change,
            Next = next,
            Entries = layout.Entries,
            Terms = _terms,
            TermRoom = layout.Terms,
            PostingRoom = layout.Postings,
            TextRoom = layout.Text,
        };
        header.Ranges = WriteSets();
        header.Length = layout.Length(header.Ranges);
        header.Checksum = Segment.ChecksumOf(memory, header.Length);
        return header.Length;
    }

    // The same the other way round: as terms come in order, each entry's are in order.
    private void WriteTermsOfEntries()
    {
        var ends = memory.Part<int>(layout.EntryTermEnds, layout.Entries);
        var postings = memory.Part<int>(layout.PostingsAt, layout.Postings)[.._postings];
        foreach (var entry in postings)
            ends[entry]++;

        // Each end is first where the entry's terms begin, and moves on with every one.
        var sum = 0;
        foreach (ref var end in ends)
            (end, sum) = (sum, sum + end);

        var terms = memory.Part<int>(layout.EntryTerms, layout.Postings);
        var termEnds = memory.Part<int>(layout.PostingEnds, layout.Terms);
        for (int term = 0, at = 0; term < _terms; term++)
        {
            for (; at < termEnds[term]; at++)
                terms[ends[postings[at]]++] = term;
        }
    }

    private int WriteSets()
    {
        var ranges = RangesOfMany().Take(SegmentLayout.MaxRanges).ToArray();
        var keys = memory.Part<ulong>(layout.Ranges, SegmentLayout.MaxRanges);
        for (var i = 0; i < ranges.Length; i++)
        {
            keys[i] = Segment.KeyOf(ranges[i]);
            var set = memory.Part<ulong>(layout.Sets + (8L * layout.SetLength * i), (int)layout.SetLength);
            var (from, to) = (EndOf(ranges[i].From - 1), EndOf(ranges[i].To - 1));
            foreach (var entry in memory.Part<int>(layout.PostingsAt, layout.Postings)[from..to])
                EntryBits.Add(set, entry);
        }

        return ranges.Length;
    }

    // Ranges of terms that begin alike and have many entries, in the order of their keys.
    private SortedSet<TermRange> RangesOfMany()
    {
        var ranges = new SortedSet<TermRange>(Comparer<TermRange>.Create(
            static (one, other) => Segment.KeyOf(one).CompareTo(Segment.KeyOf(other))));
        if (_postings < layout.ManyEntries)
            return ranges;

        // Where the terms that share the first so many bytes with the one at hand begin.
        Span<int> since = stackalloc int[LongestOfMany + 1];
        var before = ReadOnlySpan<byte>.Empty;
        for (var term = 0; term <= _terms; term++)
        {
            var text = term < _terms ? BeginningOf(term) : [];
            var common = before.CommonPrefixLength(text);
            for (var length = before.Length; length > common; length--)
            {
                if (EndOf(term - 1) - EndOf(since[length] - 1) >= layout.ManyEntries)
                    ranges.Add(new TermRange(since[length], term, HasWhole: false));
            }

            since[(common + 1)..(text.Length + 1)].Fill(term);
            before = text;
        }

        return ranges;
    }

    private int EndOf(int term) => term < 0 ? 0 : memory.Part<int>(layout.PostingEnds, layout.Terms)[term];

    private ReadOnlySpan<byte> BeginningOf(int term)
    {
        var ends = memory.Part<int>(layout.TextEnds, layout.Terms);
        var text = memory.Part<byte>(layout.TextAt, layout.Text)[(term == 0 ? 0 : ends[term - 1])..ends[term]];
        return text[..Math.Min(text.Length, LongestOfMany)];
    }
}
