using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Searching;

/// <summary>
/// The searches seen lately, so that none goes round in circles. Bounded by number and age; pools what it forgets.
/// </summary>
/// <param name="options">The bounds.</param>
internal sealed class SeenQueries(SearchOptions options)
{
    private readonly Dictionary<ulong, SearchedQuery> _byQuery = [];
    private readonly Queue<SearchedQuery> _byAge = new();

    public int Count => _byAge.Count;

    /// <summary>Remembers a search; null when it was seen before.</summary>
    public SearchedQuery? TryAdd(ulong query, FileId file, Link? from, byte hops, Instant now)
    {
        if (_byQuery.ContainsKey(query))
            return null;

        var entry = Reuse(now) ?? new SearchedQuery();
        entry.Begin(query, file, from, hops, now);
        _byQuery.Add(query, entry);
        _byAge.Enqueue(entry);
        return entry;
    }

    public SearchedQuery? Find(ulong query, Instant now) =>
        _byQuery.TryGetValue(query, out var entry) && now - entry.SeenAt < options.Memory ? entry : null;

    /// <summary>The search of a link for a file that waits for the cache's answer.</summary>
    public SearchedQuery? FindAsked(Link from, FileId file)
    {
        foreach (var entry in _byAge)
        {
            if (entry.IsAsked && entry.From == from && entry.File == file)
                return entry;
        }

        return null;
    }

    public void Forget(Link link)
    {
        foreach (var entry in _byAge)
            entry.Orphan(link);
    }

    private SearchedQuery? Reuse(Instant now)
    {
        if (!_byAge.TryPeek(out var oldest)
            || (now - oldest.SeenAt < options.Memory && _byAge.Count < options.QueriesRemembered))
            return null;

        _byAge.Dequeue();
        _byQuery.Remove(oldest.Query);
        return oldest;
    }
}
