using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Limits;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Neighbours;

/// <summary>
/// Gathers helpers for the files that are being fetched: connects to peers that are said to hold them, a few at first,
/// more when those don't keep up; asks who can't be reached to connect. Owned by the core's loop.
/// </summary>
/// <param name="options">Its limits.</param>
/// <param name="links">All connections.</param>
/// <param name="neighbourhood">Who may be a neighbour at all.</param>
/// <param name="self">The client's own id.</param>
internal sealed class Recruiting(NeighbourOptions options, LinkTable links, Neighbourhood neighbourhood, PeerId? self)
{
    private readonly PeerBans _unreachable = new(options.BansRemembered, options.UnreachableFor);
    private readonly List<Candidates> _files = [];
    private RateGate _asking = new(options.ReversesPerSecond, options.ReversesPerSecond * 10);
    private RateGate _granting = new(options.ReversesPerSecond, options.ReversesPerSecond * 10);

    /// <summary>Takes in peers that are said to hold a file, and connects to those that are wanted now.</summary>
    /// <param name="file">The file.</param>
    /// <param name="peers">The peers.</param>
    /// <param name="by">The account of the neighbour who says so; 0 for the tracker.</param>
    /// <param name="now">The time.</param>
    /// <param name="actions">Where connecting is asked for.</param>
    public void Add(
        FileId file, ReadOnlySpan<PeerAddress> peers, UInt128 by, Instant now, ActionBuffer actions)
    {
        if (!neighbourhood.IsOpen)
            return;

        var candidates = Find(file);
        if (candidates is null)
        {
            candidates = new Candidates(file, options)
            {
                Wanted = Math.Min(options.FirstPeersPerFile, options.PeersPerFile),
            };
            _files.Add(candidates);
        }

        foreach (ref readonly var peer in peers)
            candidates.Add(peer, by);

        Recruit(candidates, now, actions);
    }

    /// <summary>The helpers of a file don't keep up: all that it may have are wanted.</summary>
    public void WantMore(FileId file, Instant now, ActionBuffer actions)
    {
        if (Find(file) is not { } candidates || candidates.Wanted >= options.PeersPerFile)
            return;

        candidates.Wanted = options.PeersPerFile;
        Recruit(candidates, now, actions);
    }

    /// <summary>Something changed among the links: helpers that are missing are replaced.</summary>
    public void Refresh(Instant now, ActionBuffer actions)
    {
        foreach (var candidates in _files)
            Recruit(candidates, now, actions);
    }

    /// <summary>A file is not fetched any more.</summary>
    public void Forget(FileId file)
    {
        if (Find(file) is { } candidates)
            _files.Remove(candidates);
    }

    /// <summary>A connection did not come up: the peer is asked to connect, unless it was already.</summary>
    public void NoteFailed(Link link, Instant now, ActionBuffer actions)
    {
        if (link.Remote is not { } remote || link.Address.Port == 0)
            return;

        _unreachable.Add(remote, now);
        AskReverse(link, remote, now, actions);
    }

    /// <summary>A connection came up: whoever it is can be reached, if this side opened it.</summary>
    public void NoteOpened(Link link)
    {
        if (!link.Connection.IsIncoming && link.Remote is { } remote)
            _unreachable.Remove(remote);
    }

    /// <summary>A peer wants this client to connect to it.</summary>
    public void GrantReverse(in PeerAddress peer, Instant now, ActionBuffer actions)
    {
        if (peer.IsReachable && IsWelcome(peer, now) && FindLink(peer) is null && _granting.TryPass(now))
            TryConnect(peer, default, now, actions);
    }

    /// <summary>Asks peers to connect to which the connection is overdue, and tries the next ones.</summary>
    public void Tidy(Instant now, ActionBuffer actions)
    {
        var isLate = false;
        for (var i = 0; i < links.Count; i++)
        {
            var link = links[i];
            if (link.IsNode || link.State != LinkState.Connecting || link.IsLate || now < LateAt(link))
                continue;

            isLate = link.IsLate = true;
            if (link.Remote is { } remote)
                AskReverse(link, remote, now, actions);
        }

        if (isLate)
            Refresh(now, actions);
    }

    /// <summary>When <see cref="Tidy"/> is due next, if nothing else happens.</summary>
    public Instant NextCheck()
    {
        var next = Instant.Never;
        for (var i = 0; i < links.Count; i++)
        {
            if (links[i] is { IsNode: false, State: LinkState.Connecting, IsLate: false } link)
                next = Instant.Min(next, LateAt(link));
        }

        return next;
    }

    private Instant LateAt(Link link) => link.Since + options.ReverseAfter;

    private void Recruit(Candidates candidates, Instant now, ActionBuffer actions)
    {
        if (candidates.Count == 0 || !neighbourhood.IsOpen)
            return;

        var helpers = HelpersOf(candidates.File);
        while (helpers < candidates.Wanted && candidates.TryTake(out var peer))
        {
            if (!IsWelcome(peer, now))
                continue;

            if (FindLink(peer) is { } link)
            {
                neighbourhood.AskAnew(link, candidates.File, actions);
                helpers += link.State == LinkState.Open ? 1 : 0;
            }
            else if (!peer.IsReachable || (peer.Id is { } id && _unreachable.Contains(id, now)))
            {
                AskReverse(null, peer.Id!.Value, now, actions);
            }
            else if (TryConnect(peer, candidates.File, now, actions))
            {
                helpers++;
            }
            else
            {
                candidates.PutBack(peer);
                return;
            }
        }
    }

    /// <summary>
    /// Neighbours that hold the file and are not silent, were asked whether they do, or are being connected for it.
    /// </summary>
    private int HelpersOf(FileId file)
    {
        var helpers = 0;
        for (var i = 0; i < links.Count; i++)
        {
            var link = links[i];
            if (link.IsNode)
                continue;

            helpers += IsHelper(link, file) ? 1 : 0;
        }

        return helpers;
    }

    private static bool IsHelper(Link link, FileId file) => link.State switch
    {
        LinkState.Connecting => link.WantedFor == file && !link.IsLate,
        LinkState.Open => link.Silences == 0 && link.Holdings[file] is not (HoldingState.Unknown or HoldingState.Lacks),
        _ => false,
    };

    private bool IsWelcome(in PeerAddress peer, Instant now)
    {
        if (!neighbourhood.IsOpen || (options.LanOnly && !peer.IsLocal))
            return false;

        return peer.Id is not { } id ? peer.IsReachable : id != self && !neighbourhood.Bans.Contains(id, now);
    }

    private bool TryConnect(in PeerAddress peer, FileId file, Instant now, ActionBuffer actions)
    {
        if (links.Peers >= options.HardLimit || Connecting() >= options.ConnectingLimit)
            return false;

        var speed = new PeerSpeed(options.AssumedBytesPerSecond, options.SpeedWeight);
        var link = new Link(links.NextConnection(), isNode: false, peer.Address, speed, now)
        {
            WantedFor = file, IsLocal = peer.IsLocal, IsNear = peer.IsNear,
        };
        links.Add(link);
        actions.Add(new Connect(link.Connection, peer.Address));
        return true;
    }

    private void AskReverse(Link? link, PeerId peer, Instant now, ActionBuffer actions)
    {
        if (!options.Reachable || link is { IsReverseAsked: true } || !_asking.TryPass(now))
            return;

        if (link is not null)
            link.IsReverseAsked = true;

        actions.Add(new AskReverse(peer));
    }

    private Candidates? Find(FileId file)
    {
        foreach (var candidates in _files)
        {
            if (candidates.File == file)
                return candidates;
        }

        return null;
    }

    private Link? FindLink(in PeerAddress peer)
    {
        if (peer.Id is { } id)
            return links.FindPeer(id);

        for (var i = 0; i < links.Count; i++)
        {
            if (!links[i].IsNode && links[i].Address == peer.Address)
                return links[i];
        }

        return null;
    }

    private int Connecting()
    {
        var connecting = 0;
        for (var i = 0; i < links.Count; i++)
            connecting += links[i] is { IsNode: false, State: LinkState.Connecting } ? 1 : 0;

        return connecting;
    }
}
