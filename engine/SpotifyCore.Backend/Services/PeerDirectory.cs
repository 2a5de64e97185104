using Google.Protobuf;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Logging;
using SpotifyCore.Backend.Tracking;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Contracts;
using SpotifyCore.Protocol.Trust;
using Session = SpotifyCore.Backend.Accounts.Session;

namespace SpotifyCore.Backend.Services;

/// <summary>The tracker with a clock and a lock around it, and who is online. Safe for many threads.</summary>
internal sealed class PeerDirectory(Tracker tracker, TimeProvider time, ILogger<PeerDirectory> logger)
{
    private readonly Lock _guard = new();
    private readonly Dictionary<PeerId, LivePresence> _live = [];
    private readonly ReverseLimits _reverse = new(new ReverseOptions());

    /// <summary>
    /// A client has come online, which ends an earlier presence of it; null when there are too many. The presence is
    /// the caller's.
    /// </summary>
    public LivePresence? Arrive(Session session, ClientPlace place)
    {
        lock (_guard)
        {
            if (!tracker.TryArrive(session.Peer, place, out var arrival))
                return null;

            if (_live.TryGetValue(session.Peer, out var earlier))
                earlier.End();

            return _live[session.Peer] = new LivePresence(session, place, arrival, time);
        }
    }

    /// <summary>A client's presence has ended; a newer one of it stays.</summary>
    public void Leave(LivePresence presence)
    {
        lock (_guard)
        {
            tracker.Leave(presence.Peer, presence.Arrival);
            if (_live.GetValueOrDefault(presence.Peer) != presence)
                return;

            _live.Remove(presence.Peer);
            _reverse.Forget(presence.Peer);
        }
    }

    /// <summary>A client is reached at another port.</summary>
    public void Move(LivePresence presence, int port)
    {
        lock (_guard)
        {
            presence.Place = presence.Place with { Port = port };
            tracker.Move(presence.Peer, presence.Arrival, port);
        }
    }

    /// <summary>Ends what is online under a session, which has ended: SHA-256 of its token names it.</summary>
    public void End(byte[] tokenHash)
    {
        lock (_guard)
        {
            foreach (var presence in _live.Values)
            {
                if (presence.Session.TokenHash.AsSpan().SequenceEqual(tokenHash))
                    presence.End();
            }
        }
    }

    /// <summary>The client of a session may do so much now: if it is online, it gets a ticket that says so.</summary>
    public void NoteScope(Session session, TicketScope scope)
    {
        lock (_guard)
        {
            if (_live.TryGetValue(session.Peer, out var presence))
                presence.NoteScope(scope);
        }
    }

    /// <summary>
    /// Has a peer connect to a client: at the address where the client's own stream is seen, so that nobody can be
    /// sent to a third host. What goes over the limits, or is for somebody who is not online, is dropped.
    /// </summary>
    public void AskReverse(LivePresence asker, PeerId peer)
    {
        lock (_guard)
        {
            var isPassed = asker.Place.Port != 0
                && _live.TryGetValue(peer, out var asked)
                && asked.UsesPeers
                && _reverse.TryPass(asker.Session.Account.Id, asker.Peer, peer, time.GetInstant())
                && asked.TryTell(Reverse(asker, asked.Place.Host));
            if (isPassed)
                tracker.Missed(peer, asker.Session.Account.Id);
            else
                logger.ReverseDropped(asker.Peer, peer);
        }
    }

    /// <summary>An account says that a peer misbehaves.</summary>
    public void Report(LivePresence reporter, PeerId peer, PeerFault fault)
    {
        lock (_guard)
        {
            if (tracker.TryReport(reporter.Session.Account.Id, peer, time.GetInstant()))
                logger.PeerReported(peer, fault, reporter.Session.Account.Name);
        }
    }

    public void Played(PeerId peer, FileId file)
    {
        lock (_guard)
            tracker.Played(peer, file, time.GetInstant());
    }

    public void Held(PeerId peer, FileId file)
    {
        lock (_guard)
            tracker.Held(peer, file, time.GetInstant());
    }

    public void Dropped(PeerId peer, FileId file)
    {
        lock (_guard)
            tracker.Dropped(peer, file);
    }

    /// <summary>The site an online client said it belongs to; empty when it is not online.</summary>
    public string SiteOf(PeerId peer)
    {
        lock (_guard)
            return tracker.TryFindPlace(peer, out var place) ? place.Site : "";
    }

    /// <summary>Who to ask for a file, best first.</summary>
    public IEnumerable<Peer> Find(FileId file, PeerId asker)
    {
        var found = new List<TrackedPeer>();
        ClientPlace place;
        lock (_guard)
        {
            var site = tracker.TryFindPlace(asker, out place) ? place.Site : "";
            tracker.Find(file, asker, site, time.GetInstant(), found);

            // What one held while its plan was of the swarm is remembered.
            for (var i = found.Count - 1; i >= 0; i--)
            {
                if (!_live.TryGetValue(found[i].Id, out var presence) || !presence.UsesPeers)
                    found.RemoveAt(i);
            }
        }

        return found.Select(peer => ToMessage(peer.Id, peer.Place, place.Host));
    }

    private static ServerNotice Reverse(LivePresence asker, string seenFrom) =>
        new() { Reverse = new ReverseAsked { Peer = ToMessage(asker.Peer, asker.Place, seenFrom) } };

    private static Peer ToMessage(PeerId peer, in ClientPlace place, string? seenFrom)
    {
        var message = new Peer
        {
            Id = ByteString.CopyFrom(peer.Bits.ToArray()),
            Host = place.Host,
            Port = place.Port,
            Site = place.Site,
            Unreachable = place.IsUnreachable,
            SameLan = string.Equals(place.Host, seenFrom, StringComparison.Ordinal),
        };
        if (message.SameLan && place.Lan is { } lan)
        {
            message.LanHosts.AddRange(lan.Hosts);
            message.LanPort = lan.Port;
        }

        return message;
    }
}
