using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Swarm.Neighbours;

/// <summary>
/// Decides which peers to be connected to: whom to connect, accept, ask what they hold, and drop. Owned by the core's
/// loop. It removes no link by itself: whoever calls it takes back what was asked of a link that it gives up.
/// </summary>
/// <param name="options">Its limits.</param>
/// <param name="links">All connections, nodes' included.</param>
/// <param name="self">The client's own id.</param>
public sealed class Neighbourhood(NeighbourOptions options, LinkTable links, PeerId? self)
{
    /// <summary>Who is not spoken to again.</summary>
    public PeerBans Bans { get; } = new(options.BansRemembered);

    /// <summary>Asks every neighbour whether it holds a file, and connects to more who are said to.</summary>
    public void Search(FileId file, ReadOnlySpan<PeerAddress> candidates, Instant now, ref ActionBuffer actions)
    {
        if (!options.Enabled)
            return;

        var connected = 0;
        foreach (var candidate in candidates)
        {
            if (connected == options.PeersPerFile)
                break;

            connected += Connect(candidate.Address, now, ref actions) ? 1 : 0;
        }

        for (var i = 0; i < links.Count; i++)
            AskHolding(links[i], file, ref actions);
    }

    /// <summary>Asks an open neighbour whether it holds a file, once.</summary>
    public void AskHolding(Link link, FileId file, ref ActionBuffer actions)
    {
        if (link.IsNode || link.State != LinkState.Open || link.Holdings[file] != HoldingState.Unknown)
            return;

        link.Holdings.Set(file, HoldingState.Asked);
        actions.Add(ClientAction.Send(link.Connection, PeerMessage.RequestHave(link.NextRequest(), file)));
    }

    /// <summary>A peer's channel came up. Null when it may stay, else why not.</summary>
    /// <param name="link">The new link, not counted among the neighbours yet if it was accepted.</param>
    /// <param name="loser">Another link to the same peer that gives way to this one, or null.</param>
    public CloseReason? Admit(Link link, out Link? loser)
    {
        loser = null;
        if (!options.Enabled)
            return CloseReason.NotNeeded;

        if (link.Remote is { } remote)
        {
            if (Bans.Contains(remote) || remote == self)
                return CloseReason.Banned;

            if (links.FindPeer(remote, except: link) is { } other)
            {
                if (!Outlives(link, other, remote))
                    return CloseReason.Duplicate;

                loser = other;
            }
        }

        var neighbours = links.Peers - (loser is null ? 0 : 1) - (link.Connection.IsIncoming ? 0 : 1);
        return neighbours >= options.HardLimit ? CloseReason.Full : null;
    }

    /// <summary>
    /// The next link to give up, and why: too slow to come up, idle, or the least useful of too many. Null when all
    /// is well.
    /// </summary>
    public (Link Link, CloseReason Reason)? NextToDrop(Instant now)
    {
        Link? least = null;
        for (var i = 0; i < links.Count; i++)
        {
            var link = links[i];
            if (link.IsNode)
                continue;

            if (link.State == LinkState.Connecting && now - link.Since >= options.ConnectTimeout)
                return (link, CloseReason.TimedOut);

            if (link.State == LinkState.Connecting || link.OutstandingRequests > 0)
                continue;

            if (now - link.LastUsed >= options.IdleTimeout)
                return (link, CloseReason.Idle);

            if (least is null || IsLessUseful(link, least))
                least = link;
        }

        return links.Peers > options.SoftLimit && least is not null ? (least, CloseReason.Full) : null;
    }

    /// <summary>When <see cref="NextToDrop"/> is due next, if nothing else happens.</summary>
    public Instant NextCheck()
    {
        var next = Instant.Never;
        for (var i = 0; i < links.Count; i++)
        {
            var link = links[i];
            if (link.IsNode)
                continue;

            var due = link.State == LinkState.Connecting
                ? link.Since + options.ConnectTimeout
                : link.OutstandingRequests > 0 ? Instant.Never : link.LastUsed + options.IdleTimeout;
            next = Instant.Min(next, due);
        }

        return next;
    }

    private bool Connect(in NodeAddress address, Instant now, ref ActionBuffer actions)
    {
        if (links.Peers >= options.HardLimit || Connecting() >= options.ConnectingLimit || IsKnown(address))
            return false;

        var speed = new PeerSpeed(options.AssumedBytesPerSecond, options.SpeedWeight);
        var link = new Link(links.NextConnection(), isNode: false, address, speed, now);
        links.Add(link);
        actions.Add(ClientAction.Connect(link.Connection, address));
        return true;
    }

    private bool IsKnown(in NodeAddress address)
    {
        if (address.Id is { } id)
            return id == self || Bans.Contains(id) || links.FindPeer(id) is not null;

        for (var i = 0; i < links.Count; i++)
        {
            if (!links[i].IsNode && links[i].Address == address)
                return true;
        }

        return false;
    }

    private int Connecting()
    {
        var connecting = 0;
        for (var i = 0; i < links.Count; i++)
            connecting += !links[i].IsNode && links[i].State == LinkState.Connecting ? 1 : 0;

        return connecting;
    }

    /// <summary>
    /// Both sides must drop the same one of two connections: the one opened by the greater id gives way. Of two that
    /// the same side opened, the older is dead, or its opener would not have opened another.
    /// </summary>
    private bool Outlives(Link link, Link other, PeerId remote) =>
        link.Connection.IsIncoming == other.Connection.IsIncoming || WinsTie(link, remote);

    private bool WinsTie(Link link, PeerId remote)
    {
        var selfIsSmaller = self is { } own && own.CompareTo(remote) < 0;
        return selfIsSmaller != link.Connection.IsIncoming;
    }

    private static bool IsLessUseful(Link link, Link other)
    {
        var (use, otherUse) = (link.Received + link.Given, other.Received + other.Given);
        return use != otherUse ? use < otherUse : link.LastUsed < other.LastUsed;
    }
}
