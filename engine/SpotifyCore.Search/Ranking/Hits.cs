using SpotifyCore.Search.Indexing;

namespace SpotifyCore.Search.Ranking;

/// <summary>What was found so far, each entry once with the best score it got.</summary>
/// <param name="wanted">How many are looked at: once there are so many that what comes can't be better, it ends.</param>
internal sealed class Hits(int wanted)
{
    private readonly Dictionary<long, Candidate> _found = [];
    private readonly PriorityQueue<double, double> _best = new();

    /// <summary>How many.</summary>
    public int Count => _found.Count;

    /// <summary>True when there may be others.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Reads what an expression matches, in order of popularity, and ranks it.</summary>
    public void Take(IndexReader reader, string expression, int limit, RankedQuery query) =>
        HasMore |= reader.Read(
            expression, limit, (in EntryRow row, IndexReader from) =>
            {
                if (_best.Count == wanted && _best.Peek() >= query.MostOf(row.Plays))
                    return false;
                if (query.Score(row) is { } score)
                    Take(row.Place, score, from);

                return true;
            });

    /// <summary>The ids of a page, the best first; of two that are as good, the one that is played more.</summary>
    public IReadOnlyList<string> Page(int limit, int offset) =>
    [
        .. _found.Values.OrderByDescending(static one => one.Score).ThenBy(static one => one.Place)
            .Skip(offset).Take(limit).Select(static one => one.Id),
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
