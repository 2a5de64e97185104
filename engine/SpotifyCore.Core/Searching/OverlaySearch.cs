using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Limits;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Chance;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Searching;

/// <summary>
/// Looks for a file among the neighbours and their neighbours, and answers and passes on others' searches. Query ids
/// are remembered, so that no search goes round in circles; each account, and all together, have a limit. Owned by the
/// core's loop.
/// </summary>
/// <param name="options">Its limits.</param>
/// <param name="links">All connections.</param>
/// <param name="seed">Seed of its chance: ids of queries must differ from client to client.</param>
internal sealed class OverlaySearch(SearchOptions options, LinkTable links, ulong seed)
{
    private readonly SeenQueries _seen = new(options);
    private readonly List<Link> _chosen = [];
    private SeededRandom _random = new(seed);
    private RateGate _gate = new(options.PerSecond, options.Burst);

    /// <summary>Searches remembered.</summary>
    public int Remembered => _seen.Count;

    /// <summary>Asks neighbours, and theirs, who holds a file. False when there is nobody to ask.</summary>
    public bool Begin(FileId file, Instant now, ActionBuffer actions)
    {
        if (!options.Enabled)
            return false;

        Choose(options.FanOut, except: null, now);
        if (_chosen.Count == 0 || _seen.TryAdd(_random.Next(), file, from: null, options.Hops, now) is not { } query)
            return false;

        foreach (var link in _chosen)
            actions.Add(new SendMessage(link.Connection, PeerMessage.Search(query.Query, file, options.Hops)));

        return true;
    }

    /// <summary>A neighbour searches. False when its account has done so far too often.</summary>
    public bool Take(Link link, in PeerMessage search, Instant now, ActionBuffer actions)
    {
        var allowance = link.Searches ??= AllowanceOf(link);
        if (!allowance.TryPass(now))
            return allowance.TryDrop(options.FloodLimit, options.FloodSpan, now);

        if (!options.Enabled || !_gate.TryPass(now))
            return true;

        if (_seen.TryAdd(search.Query, search.File, link, search.Hops, now) is not null)
            actions.Add(new QueryHeld(link.Connection, Request: 0, search.File));

        return true;
    }

    /// <summary>
    /// Whether a file is held that a neighbour searches for: if so it is told, else its search is passed on.
    /// </summary>
    public void AnswerHeld(Link link, FileId file, bool held, Instant now, ActionBuffer actions)
    {
        if (_seen.FindAsked(link, file) is not { } query)
            return;

        query.IsAsked = false;
        if (held)
        {
            query.Hits++;
            actions.Add(new SendMessage(link.Connection, PeerMessage.SearchHit(query.Query, 0)));
        }
        else if (query.Hops > 0)
        {
            Choose(options.PassOn, except: link, now);
            foreach (var other in _chosen)
                actions.Add(new SendMessage(other.Connection, PeerMessage.Search(query.Query, file, 0)));
        }
    }

    /// <summary>
    /// A hit came. One that answers a neighbour's search is passed back to it, with the address of whoever holds the
    /// file. One's own is the caller's: true, with the file.
    /// </summary>
    public bool TryTakeHit(Link link, in HitReceived hit, Instant now, out FileId file, ActionBuffer actions)
    {
        file = default;
        if (_seen.Find(hit.Query, now) is not { } query)
            return false;

        file = query.File;
        if (query.From is null)
            return true;

        // Who names others is not believed by those who don't know it: a hit goes back one connection, no farther.
        if (hit.Addresses.Length > 0 || query.Hits >= options.HitsPerQuery || query.From.State != LinkState.Open)
            return false;

        if (link.Reach is not { } address)
            return false;

        query.Hits++;
        actions.Add(new SendHit(query.From.Connection, hit.Query, [address]));
        return false;
    }

    /// <summary>A connection is over.</summary>
    public void Forget(Link link) => _seen.Forget(link);

    /// <summary>Neighbours of one account share what it may search.</summary>
    private SearchAllowance AllowanceOf(Link link)
    {
        for (var i = 0; i < links.Count && link.Account != 0; i++)
        {
            if (links[i].Account == link.Account && links[i].Searches is { } shared)
                return shared;
        }

        return new SearchAllowance(options.PerAccountPerSecond, options.PerAccountBurst);
    }

    /// <summary>The most useful neighbours that can be asked.</summary>
    private void Choose(int count, Link? except, Instant now)
    {
        _chosen.Clear();
        for (var i = 0; i < links.Count; i++)
        {
            var link = links[i];
            if (link == except
                || link is not { IsNode: false, State: LinkState.Open, Version: >= ProtocolVersion.WithSearch })
                continue;

            if (_chosen.Count == count)
                DropLeast(link, now);
            else
                _chosen.Add(link);
        }
    }

    private void DropLeast(Link other, Instant now)
    {
        var (least, use) = (-1, other.UseAt(now));
        for (var i = 0; i < _chosen.Count; i++)
        {
            if (_chosen[i].UseAt(now) is var usefulness && usefulness < use)
                (least, use) = (i, usefulness);
        }

        if (least >= 0)
            _chosen[least] = other;
    }
}
