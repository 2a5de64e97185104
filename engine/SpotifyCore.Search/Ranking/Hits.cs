using SpotifyCore.Search.Querying;
using SpotifyCore.Search.Segments;

namespace SpotifyCore.Search.Ranking;

/// <summary>What was found so far, each entry once with the best score it got.</summary>
internal sealed class Hits
{
    private readonly Dictionary<long, Hit> _found = [];
    private readonly List<Hit> _rest = [];

    /// <summary>So many of what matches a query, in an order of plays or of age.</summary>
    public static Hits InOrder(
        TypedQuery query, IReadOnlyList<LiveSegment> segments, int wanted, SearchOrder order)
    {
        IReadOnlyList<int> Matching(RankedQuery one, int most) =>
            query.IsName ? one.SelectNames(isWhole: true, most) : one.SelectWords(most);
        var selected = RankedQuery.Select(segments, query, query.Words, one => order == SearchOrder.Popular
            ? Matching(one, wanted)
            : one.Newest(Matching(one, int.MaxValue), wanted))
            .SelectMany(static one => one.Entries.Select(entry => (one.Query, Entry: entry)));
        var found = new Hits();
        found.Add((order == SearchOrder.Popular
            ? selected.OrderBy(static one => one.Query.Source.Segment.Places[one.Entry])
            : selected.OrderByDescending(static one => one.Query.Source.Segment.AddedOf(one.Entry))).Take(wanted));
        return found;
    }

    /// <summary>How many.</summary>
    public int Count => _found.Count + _rest.Count;

    /// <summary>Takes entries in, the most popular first: so many are ranked, and others come behind all that are.</summary>
    /// <param name="selected">Of each segment what was selected, in order.</param>
    /// <param name="ranked">How many are ranked.</param>
    public void Take(IReadOnlyList<(RankedQuery Query, IReadOnlyList<int> Entries)> selected, int ranked)
    {
        var ordered = selected.SelectMany(static one => one.Entries.Select(
            entry => (Place: one.Query.Source.Segment.Places[entry], one.Query, Entry: entry)));
        if (selected.Count > 1)
            ordered = ordered.OrderBy(static one => one.Place);

        foreach (var (place, query, entry) in ordered)
        {
            var isKnown = _found.TryGetValue(place, out var known);
            if (ranked-- > 0)
            {
                var score = query.Score(entry);
                if (!isKnown || known.Score < score)
                    _found[place] = new Hit(place, query, entry, score);
            }
            else if (!isKnown)
            {
                _rest.Add(new Hit(place, query, entry, 0));
            }
        }
    }

    /// <summary>Takes entries in behind all that are ranked, in the order in which they come.</summary>
    public void Add(IEnumerable<(RankedQuery Query, int Entry)> ordered) => _rest.AddRange(
        ordered.Select(static one => new Hit(one.Query.Source.Segment.Places[one.Entry], one.Query, one.Entry, 0)));

    /// <summary>The ids of a page, the best first; of two that are as good, the one that is played more.</summary>
    public IReadOnlyList<string> Page(int limit, int offset) =>
    [
        .. _found.Values.OrderByDescending(static one => one.Score).ThenBy(static one => one.Place)
            .Concat(_rest).Skip(offset).Take(limit)
            .Select(static one => one.Query.Source.Segment.IdOf(one.Entry)),
    ];

    private readonly record struct Hit(long Place, RankedQuery Query, int Entry, double Score);
}
