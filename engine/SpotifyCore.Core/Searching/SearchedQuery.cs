using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Searching;

/// <summary>A search that was seen: one's own, or one to answer and to pass on.</summary>
internal sealed class SearchedQuery
{
    public ulong Query { get; private set; }

    public FileId File { get; private set; }

    /// <summary>Who sent it; null for one's own.</summary>
    public Link? From { get; private set; }

    /// <summary>Hops it has left.</summary>
    public byte Hops { get; private set; }

    public Instant SeenAt { get; private set; }

    /// <summary>True while the cache is asked whether it holds the file.</summary>
    public bool IsAsked { get; set; }

    /// <summary>Hits passed back.</summary>
    public int Hits { get; set; }

    public void Begin(ulong query, FileId file, Link? from, byte hops, Instant now)
    {
        (Query, File, From, Hops, SeenAt) = (query, file, from, hops, now);
        (IsAsked, Hits) = (from is not null, 0);
    }

    /// <summary>Whoever sent it is gone: its hits go nowhere.</summary>
    public void Orphan(Link link)
    {
        if (From == link)
            Hits = int.MaxValue;
    }
}
