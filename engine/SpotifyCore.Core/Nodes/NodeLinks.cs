using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Chance;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Nodes;

/// <summary>
/// The production nodes: keeps the best one connected, the next one too while the best is slow to come up or silent,
/// and leaves those that failed alone for a while. Owned by the core's loop.
/// </summary>
/// <param name="options">Its limits.</param>
/// <param name="links">All connections.</param>
/// <param name="seed">Seed of its chance: pauses differ from client to client, or all would come back at once.</param>
internal sealed class NodeLinks(NodeOptions options, LinkTable links, ulong seed)
{
    private SeededRandom _random = new(seed);
    private Node[] _nodes = [];

    /// <summary>How long a node may send nothing before another source helps it.</summary>
    public TimeSpan HedgeAfter => options.HedgeAfter;

    /// <summary>The same while a listener waits for sound.</summary>
    public TimeSpan HedgeAfterInNeed => options.HedgeAfterInNeed;

    /// <summary>How long a node may send nothing before it is taken for silent.</summary>
    public TimeSpan Silence => options.Silence;

    /// <summary>True while a node is connected: production may be counted on.</summary>
    public bool IsReachable
    {
        get
        {
            foreach (var node in _nodes)
            {
                if (node.Link is { State: LinkState.Open })
                    return true;
            }

            return false;
        }
    }

    /// <summary>When the last of the nodes that are asked for something is taken for silent; long ago for none.</summary>
    public Instant TriedBy
    {
        get
        {
            var last = default(Instant);
            foreach (var node in _nodes)
            {
                if (node.Link is { OutstandingRequests: > 0 } link && link.LastProgress + Silence > last)
                    last = link.LastProgress + Silence;
            }

            return last;
        }
    }

    /// <summary>
    /// Takes the nodes to use, best first. Returns the links of those not named any more, for the caller to close.
    /// </summary>
    public Link[] Use(NodeAddress[] addresses)
    {
        var nodes = new Node[addresses.Length];
        for (var i = 0; i < nodes.Length; i++)
            nodes[i] = Array.Find(_nodes, known => known.Address == addresses[i]) ?? new Node(addresses[i]);

        var dropped = Array.FindAll(_nodes, known => known.Link is not null && Array.IndexOf(nodes, known) < 0);
        _nodes = nodes;
        return Array.ConvertAll(dropped, static node => node.Link!);
    }

    /// <summary>Connects what should be connected by now.</summary>
    /// <param name="need">How much production is wanted.</param>
    /// <param name="now">The time.</param>
    /// <param name="actions">Receives the connects.</param>
    public void Ensure(NodeNeed need, Instant now, ActionBuffer actions)
    {
        foreach (var node in _nodes)
        {
            if (node.Link is null && (now >= node.PausedUntil || (need == NodeNeed.Waiting && now >= InNeed(node))))
                Connect(node, now, actions);

            if (node.Link is { } link && !IsSlow(link, now, need))
                return;
        }
    }

    /// <summary>
    /// The best node that may be asked for chunks of a file now, one that has not failed lately if there is one; null
    /// when there is none.
    /// </summary>
    public Link? Best(FileId file, Instant now, Link? except = null)
    {
        Link? doubtful = null;
        foreach (var node in _nodes)
        {
            if (node.Link is not { } link || link == except || node.Lacks(file, now))
                continue;

            if (!link.IsUsable(now) || SpareOf(link) <= 0)
                continue;

            if (node.Failures == 0 || now - node.FailedAt >= options.ForgiveAfter)
                return link;

            doubtful ??= link;
        }

        return doubtful;
    }

    /// <summary>Bytes that may yet be asked of a node.</summary>
    public int SpareOf(Link link) => Math.Max(0, options.OutstandingBytes - link.OutstandingBytes);

    /// <summary>A node sent a chunk that was right.</summary>
    public void NoteGood(Link link)
    {
        if (Find(link) is { } node)
            node.Failures = 0;
    }

    /// <summary>A node said that it lacks a file: others are asked for a while.</summary>
    public void NoteLacks(Link link, FileId file, Instant now)
    {
        if (Find(link) is not { } node)
            return;

        node.LackedFile = file;
        node.LacksUntil = now + options.LacksPause;
    }

    /// <summary>A node's connection is over. It is left alone for a while, longer after each failure.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="wrong">True when it sent a wrong chunk: the longest pause.</param>
    /// <param name="now">The time.</param>
    public void NoteLost(Link link, bool wrong, Instant now)
    {
        if (Find(link) is not { } node)
            return;

        node.Link = null;
        var pause = wrong
            ? options.LongestPause
            : Backoff.Bound(options.FirstPause, options.LongestPause, node.Failures);
        node.Failures++;
        node.FailedAt = now;
        node.PausedUntil = now + _random.Between(pause / 2, pause);
    }

    /// <summary>A connection that has not come up in time; null when there is none.</summary>
    public Link? NextTimedOut(Instant now)
    {
        foreach (var node in _nodes)
        {
            if (node.Link is { State: LinkState.Connecting } link && now - link.Since >= options.ConnectTimeout)
                return link;
        }

        return null;
    }

    /// <summary>
    /// When something is due by itself: a pause ends, a connection is slow or too slow to come up, a lack is
    /// forgotten.
    /// </summary>
    public Instant NextCheck(Instant now)
    {
        var next = Instant.Never;
        foreach (var node in _nodes)
        {
            if (node.Link is null)
            {
                next = Earlier(next, node.PausedUntil, now);
                next = Earlier(next, InNeed(node), now);
            }
            else if (node.Link.State == LinkState.Connecting)
            {
                next = Earlier(next, node.Link.Since + options.ConnectHedge, now);
                next = Earlier(next, node.Link.Since + options.ConnectTimeout, now);
            }
            else if (node.Link.OutstandingRequests > 0)
            {
                next = Earlier(next, node.Link.LastProgress + options.HedgeAfterInNeed, now);
                next = Earlier(next, node.Link.LastProgress + options.HedgeAfter, now);
            }

            next = Earlier(next, node.LacksUntil, now);
        }

        return next;
    }

    private Instant InNeed(Node node) => node.FailedAt + options.LongestPauseInNeed;

    private static Instant Earlier(Instant next, Instant due, Instant now) => due > now ? Instant.Min(next, due) : next;

    private bool IsSlow(Link link, Instant now, NodeNeed need)
    {
        if (need == NodeNeed.None)
            return false;

        if (link.State == LinkState.Leaving)
            return true;

        if (link.State == LinkState.Connecting)
            return now - link.Since >= options.ConnectHedge;

        var patience = need == NodeNeed.Waiting ? options.HedgeAfterInNeed : options.HedgeAfter;
        return link.OutstandingRequests > 0 && now - link.LastProgress >= patience;
    }

    private void Connect(Node node, Instant now, ActionBuffer actions)
    {
        var speed = new PeerSpeed(options.AssumedBytesPerSecond, weight: 0.25);
        node.Link = new Link(links.NextConnection(), isNode: true, node.Address, speed, now);
        links.Add(node.Link);
        actions.Add(new Connect(node.Link.Connection, node.Address));
    }

    private Node? Find(Link link)
    {
        foreach (var node in _nodes)
        {
            if (node.Link == link)
                return node;
        }

        return null;
    }
}
