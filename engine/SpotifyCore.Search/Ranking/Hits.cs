using SpotifyCore.Search.Indexing;

namespace SpotifyCore.Search.Ranking;

/// <summary>What was found so far, each entry once with the best score it got.</summary>
internal sealed class Hits
{
    private readonly Dictionary<long, Candidate> _found = [];

    /// <summary>How many.</summary>
    public int Count => _found.Count;

    /// <summary>Reads what an expression matches, in order of popularity, and ranks it.</summary>
    public void Take(IndexReader reader, string expression, int limit, RankedQuery query) => reader.Read(
        expression, limit, (in EntryRow row, IndexReader from) =>
        {
            if (query.Score(row) is { } score
                && (!_found.TryGetValue(row.Place, out var known) || known.Score < score))
            {
                _found[row.Place] = new Candidate(row.Place, known.Id ?? from.ReadId(), score);
            }

            return true;
        });

    /// <summary>The ids of a page, the best first; of two that are as good, the one that is played more.</summary>
    public IReadOnlyList<string> Page(int limit, int offset) =>
    [
        .. _found.Values.OrderByDescending(static one => one.Score).ThenBy(static one => one.Place)
            .Skip(offset).Take(limit).Select(static one => one.Id),
    ];
}
