using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Neighbours;

/// <summary>
/// Decides which peers to be connected to: whom to accept, ask what they hold, and drop; <see cref="Recruiting"/> says
/// whom to connect. Owned by the core's loop. It removes no link by itself: whoever calls it takes back what was asked
/// of a link that it gives up.
/// </summary>
/// <param name="options">Its limits.</param>
/// <param name="links">All connections, nodes' included.</param>
/// <param name="self">The client's own id.</param>
internal sealed class Neighbourhood(NeighbourOptions options, LinkTable links, PeerId? self)
{
    private readonly AccountBans _accounts = new(options);

    /// <summary>Who is not spoken to again for long.</summary>
    public PeerBans Bans { get; } = new(options.BansRemembered, options.BanFor);

    /// <summary>What the line costs: peers are used on an unmetered one alone.</summary>
    public LineKind Line { get; set; }

    /// <summary>True while peers are used at all.</summary>
    public bool IsOpen => options.Enabled && Line == LineKind.Unmetered;

    /// <summary>Asks every neighbour whether it holds a file, but those that said so of the whole of it.</summary>
    public void AskAll(FileId file, ActionBuffer actions)
    {
        for (var i = 0; i < links.Count; i++)
            AskAnew(links[i], file, actions);
    }

    /// <summary>Asks an open neighbour whether it holds a file, once.</summary>
    public void AskHolding(Link link, FileId file, ActionBuffer actions)
    {
        if (link.Holdings[file] == HoldingState.Unknown)
            Ask(link, file, actions);
    }

    /// <summary>
    /// Asks an open neighbour whether it holds a file, unless it said so of the whole of it: one that lacked it, or
    /// held a part, may have fetched it since.
    /// </summary>
    public void AskAnew(Link link, FileId file, ActionBuffer actions)
    {
        var known = link.Holdings[file];
        if (known is HoldingState.Unknown or HoldingState.Lacks)
            Ask(link, file, actions);
        else if (known == HoldingState.Part && link.State == LinkState.Open)
            actions.Add(new SendMessage(link.Connection, PeerMessage.RequestHave(link.NextRequest(), file)));
    }

    /// <summary>A peer lied: it is not spoken to again for long, nor is its account if others of it lied too.</summary>
    public void Ban(Link link, PeerId remote, Instant now)
    {
        if (!Bans.Contains(remote, now))
            _accounts.Add(link.Account, now);

        Bans.Add(remote, now);
    }

    /// <summary>A peer's channel came up. Null when it may stay, else why not.</summary>
    /// <param name="link">The new link, not counted among the neighbours yet if it was accepted.</param>
    /// <param name="now">The time.</param>
    /// <param name="loser">Another link to the same peer that gives way to this one, or null.</param>
    public CloseReason? Admit(Link link, Instant now, out Link? loser)
    {
        loser = null;
        if (!IsOpen || (options.LanOnly && !link.IsLocal))
            return CloseReason.NotNeeded;

        if (_accounts.Contains(link.Account, now))
            return CloseReason.Banned;

        if (link.Remote is { } remote)
        {
            if (Bans.Contains(remote, now) || remote == self)
                return CloseReason.Banned;

            if (links.FindPeer(remote, except: link) is { State: not LinkState.Connecting } other)
            {
                if (!Outlives(link, other, remote))
                    return CloseReason.Duplicate;

                loser = other;
            }
        }

        var ofAccount = links.CountOf(link.Account, except: link) - (loser?.Account == link.Account ? 1 : 0);
        if (ofAccount >= options.PerAccount)
            return CloseReason.AccountFull;

        var neighbours = links.Peers - (loser is null ? 0 : 1) - (link.Connection.IsIncoming ? 0 : 1);
        return neighbours >= options.HardLimit ? CloseReason.Full : null;
    }

    /// <summary>
    /// The next link to give up, and why: not to be used any more, too slow to come up, idle, or of too many the least
    /// useful of the account that has the most. Null when all is well.
    /// </summary>
    public (Link Link, CloseReason Reason)? NextToDrop(Instant now)
    {
        Link? least = null;
        var isOver = links.Peers > options.SoftLimit;
        for (var i = 0; i < links.Count; i++)
        {
            var link = links[i];
            if (link.IsNode)
                continue;

            if (!IsOpen || (options.LanOnly && !link.IsLocal))
                return (link, CloseReason.NotNeeded);

            if (_accounts.Contains(link.Account, now))
                return (link, CloseReason.Banned);

            if (link.State == LinkState.Connecting && now - link.Since >= options.ConnectTimeout)
                return (link, CloseReason.TimedOut);

            if (link.State == LinkState.Connecting || link.OutstandingRequests > 0)
                continue;

            if (least is null || (isOver && GoesBefore(link, least, now)))
                least = link;
        }

        if (least is null || links.Peers <= Math.Min(options.KeptNeighbours, options.SoftLimit))
            return null;

        if (isOver)
            return (least, CloseReason.Full);

        var idlest = Idlest();
        return now - idlest.LastUsed >= options.IdleTimeout ? (idlest, CloseReason.Idle) : null;
    }

    /// <summary>When <see cref="NextToDrop"/> is due next, if nothing else happens.</summary>
    public Instant NextCheck()
    {
        var next = Instant.Never;
        var keepsAll = links.Peers <= Math.Min(options.KeptNeighbours, options.SoftLimit);
        for (var i = 0; i < links.Count; i++)
        {
            var link = links[i];
            if (link.IsNode)
                continue;

            if (link.State == LinkState.Connecting)
                next = Instant.Min(next, link.Since + options.ConnectTimeout);
            else if (!keepsAll && link.OutstandingRequests == 0)
                next = Instant.Min(next, link.LastUsed + options.IdleTimeout);
        }

        return next;
    }

    private static void Ask(Link link, FileId file, ActionBuffer actions)
    {
        if (link.IsNode || link.State != LinkState.Open)
            return;

        var request = link.NextRequest();
        link.Holdings.Ask(file, request);
        actions.Add(new SendMessage(link.Connection, PeerMessage.RequestHave(request, file)));
    }

    /// <summary>Neighbours of a link's account, itself among them; 1 where nothing says which that is.</summary>
    private int ShareOf(Link link) => links.CountOf(link.Account, except: link) + 1;

    /// <summary>The open link without requests that was used longest ago; there is one.</summary>
    private Link Idlest()
    {
        Link? idlest = null;
        for (var i = 0; i < links.Count; i++)
        {
            var link = links[i];
            if (link.IsNode || link.State == LinkState.Connecting || link.OutstandingRequests > 0)
                continue;

            if (idlest is null || link.LastUsed < idlest.LastUsed)
                idlest = link;
        }

        return idlest!;
    }

    /// <summary>
    /// Both sides must drop the same one of two connections, whichever each saw come up first: the one opened by the
    /// greater id gives way. One that is still being opened is let be until then: the other end may have it up already,
    /// and the two sides would each keep another. Of two that the same side opened, the older is dead, or its opener
    /// would not have opened another.
    /// </summary>
    private bool Outlives(Link link, Link other, PeerId remote) =>
        link.Connection.IsIncoming == other.Connection.IsIncoming || WinsTie(link, remote);

    private bool WinsTie(Link link, PeerId remote)
    {
        var selfIsSmaller = self is { } own && own.CompareTo(remote) < 0;
        return selfIsSmaller != link.Connection.IsIncoming;
    }

    /// <summary>
    /// One of the same LAN is worth more than any other; then one whose account has fewer, so that nobody is pushed out
    /// by who comes under many ids; then goes what was exchanged lately.
    /// </summary>
    private bool GoesBefore(Link link, Link other, Instant now)
    {
        if (link.IsLocal != other.IsLocal)
            return other.IsLocal;

        var (share, otherShare) = (ShareOf(link), ShareOf(other));
        if (share != otherShare)
            return share > otherShare;

        var (use, otherUse) = (link.UseAt(now), other.UseAt(now));
        return use.Equals(otherUse) ? link.LastUsed < other.LastUsed : use < otherUse;
    }
}
