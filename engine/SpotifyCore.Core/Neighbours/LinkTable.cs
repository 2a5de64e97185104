using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Neighbours;

/// <summary>
/// Every connection of a client, in the order in which they were added. What decides goes by that order.
/// </summary>
internal sealed class LinkTable
{
    private readonly Dictionary<ConnectionId, Link> _byConnection = [];
    private readonly List<Link> _links = [];
    private int _lastAsked;

    /// <summary>The connections, oldest first.</summary>
    public IReadOnlyList<Link> All => _links;

    /// <summary>How many there are.</summary>
    public int Count => _links.Count;

    /// <summary>Connections to peers, open or being opened.</summary>
    public int Peers { get; private set; }

    /// <summary>True while a connection to a peer is up.</summary>
    public bool HasOpenPeer => Peers > 0 && _links.Exists(static link => link is { IsNode: false, State: LinkState.Open });

    /// <summary>A connection by its place.</summary>
    public Link this[int place] => _links[place];

    /// <summary>A number for a connection that this side asks for.</summary>
    public ConnectionId NextConnection() => new(++_lastAsked);

    /// <summary>Finds a connection; false for one that is over.</summary>
    public bool TryFind(ConnectionId connection, out Link link) => _byConnection.TryGetValue(connection, out link!);

    /// <summary>
    /// Finds the connection to a peer, other than <paramref name="except"/>: one that is up, else one that is being
    /// opened; null when there is none.
    /// </summary>
    public Link? FindPeer(PeerId remote, Link? except = null)
    {
        Link? found = null;
        foreach (var link in _links)
        {
            if (link == except || link.IsNode || link.Remote != remote)
                continue;

            if (link.State != LinkState.Connecting)
                return link;

            found ??= link;
        }

        return found;
    }

    /// <summary>
    /// Connections to peers of an account, other than <paramref name="except"/>; 0 where nothing says which.
    /// </summary>
    public int CountOf(UInt128 account, Link except)
    {
        if (account == 0)
            return 0;

        var count = 0;
        foreach (var link in _links)
            count += link != except && !link.IsNode && link.Account == account ? 1 : 0;

        return count;
    }

    /// <summary>Nobody is left alone for longer than until then.</summary>
    public void EndPausesBy(Instant latest)
    {
        foreach (var link in _links)
            link.PausedUntil = Instant.Min(link.PausedUntil, latest);
    }

    /// <summary>Adds a connection.</summary>
    public void Add(Link link)
    {
        _byConnection.Add(link.Connection, link);
        _links.Add(link);
        Peers += link.IsNode ? 0 : 1;
    }

    /// <summary>Forgets a connection.</summary>
    public void Remove(Link link)
    {
        if (!_byConnection.Remove(link.Connection))
            return;

        link.State = LinkState.Closed;
        _links.Remove(link);
        Peers -= link.IsNode ? 0 : 1;
    }
}
