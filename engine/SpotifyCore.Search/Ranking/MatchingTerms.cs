using SpotifyCore.Search.Indexing;

namespace SpotifyCore.Search.Ranking;

/// <summary>Looks terms up among an entry's.</summary>
internal static class MatchingTerms
{
    /// <summary>How the beginning of a range of terms occurs among an entry's, which stand in order.</summary>
    public static Matching Find(this ReadOnlySpan<int> terms, TermRange range)
    {
        var at = terms.BinarySearch(range.From);
        if (at >= 0 && !range.IsEmpty)
            return range.HasWhole ? Matching.Whole : Matching.Beginning;

        at = at < 0 ? ~at : at;
        return at < terms.Length && terms[at] < range.To ? Matching.Beginning : Matching.None;
    }

    /// <summary>Those of an entry's terms that are in a range.</summary>
    public static ReadOnlySpan<int> In(this ReadOnlySpan<int> terms, TermRange range)
    {
        var (from, to) = (terms.BinarySearch(range.From), terms.BinarySearch(range.To));
        return terms[(from < 0 ? ~from : from)..(to < 0 ? ~to : to)];
    }
}
