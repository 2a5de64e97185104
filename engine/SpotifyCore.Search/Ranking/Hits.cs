using SpotifyCore.Search.Indexing;

namespace SpotifyCore.Search.Ranking;

/// <summary>What was found so far, each entry once with the best score it got.</summary>
/// <param name="wanted">How many are looked at: once there are so many that what comes can't be better, it ends.</param>
internal sealed class Hits(int wanted)
{
    private readonly Dictionary<long, Candidate> _found = [];
    private readonly PriorityQueue<double, double> _best = new();
    private readonly List<string> _rest = [];

    /// <summary>How many; where there are as many as are wanted or more, at least so many.</summary>
    public int Count => _found.Count + _rest.Count;

    /// <summary>Reads what an expression matches, in order of popularity, and ranks it.</summary>
    /// <returns>Whether so many were read that there may be others.</returns>
    public bool Take(IndexReader reader, string expression, int limit, RankedQuery query) => limit == reader.Read(
        expression, limit, (in EntryRow row, IndexReader from) =>
        {
            if (_best.Count == wanted && _best.Peek() >= query.MostOf(row.Plays))
                return false;
            if (query.Score(row) is { } score)
                Take(row.Place, score, from);

            return true;
        });

    /// <summary>Reads on, up to as many as are wanted: what was not ranked follows in order of popularity.</summary>
    public void TakeRest(IndexReader reader, string expression, int limit, RankedQuery query) => reader.Read(
        expression, limit, (in EntryRow row, IndexReader from) =>
        {
            if (!_found.ContainsKey(row.Place) && query.Score(row) is not null)
                _rest.Add(from.ReadId());

            return Count < wanted;
        });

    /// <summary>The ids of a page, the best first; of two that are as good, the one that is played more.</summary>
    public IReadOnlyList<string> Page(int limit, int offset) =>
    [
        .. _found.Values.OrderByDescending(static one => one.Score).ThenBy(static one => one.Place)
            .Select(static one => one.Id).Concat(_rest).Skip(offset).Take(limit),
    ];

    private void Take(long place, double score, IndexReader from)
    {
        if (!_found.TryGetValue(place, out var known))
        {
            _found[place] = new Candidate(place, from.ReadId(), score);
            _best.Enqueue(score, score);
            if (_best.Count > wanted)
                _best.Dequeue();
        }
        else if (known.Score < score)
        {
            _found[place] = known with { Score = score };
        }
    }
}
