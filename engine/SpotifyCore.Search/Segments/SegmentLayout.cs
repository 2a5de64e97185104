using SpotifyCore.Search.Indexing;

namespace SpotifyCore.Search.Segments;

/// <summary>Where in a segment everything lies, in bytes from its start.</summary>
/// <param name="Entries">How many entries there are.</param>
/// <param name="Terms">How many terms at most.</param>
/// <param name="Postings">How many entries of terms at most, all terms together.</param>
/// <param name="Text">How long the terms are at most, all together.</param>
internal readonly record struct SegmentLayout(int Entries, int Terms, int Postings, int Text)
{
    /// <summary>So many ranges of terms have a set of entries at most: of five letters and fields, those are few.</summary>
    public const int MaxRanges = 512;

    /// <summary>A range of which the terms have so many entries has a set of them: adding them one by one takes longer.</summary>
    public int ManyEntries => Math.Max(4_096, Entries / 16);

    public long Places => SegmentHeader.Size;

    public long Plays => Places + (8L * Entries);

    public long Added => Plays + (8L * Entries);

    public long TextEnds => Added + (8L * Entries);

    public long PostingEnds => TextEnds + (4L * Terms);

    public long PostingsAt => PostingEnds + (4L * Terms);

    public long EntryTermEnds => PostingsAt + (4L * Postings);

    public long EntryTerms => EntryTermEnds + (4L * Entries);

    public long TextAt => EntryTerms + (4L * Postings);

    public long Ranges => (TextAt + Text + 7) / 8 * 8;

    public long Sets => Ranges + (8L * MaxRanges);

    public long SetLength => EntryBits.Length(Entries);

    /// <summary>All of it, with so many sets.</summary>
    public long Length(int ranges) => Sets + (8L * SetLength * ranges);
}
