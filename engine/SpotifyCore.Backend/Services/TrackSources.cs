using Grpc.Core;
using SpotifyCore.Backend.Plans;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using Session = SpotifyCore.Backend.Accounts.Session;

namespace SpotifyCore.Backend.Services;

/// <summary>Where a client has a file from: nodes, and peers where its device is one of the swarm.</summary>
internal sealed class TrackSources(PeerDirectory peers, NodeDirectory nodes, AccountStreams streams)
{
    /// <summary>A client is about to play: it is on its device that the account plays then.</summary>
    /// <exception cref="RpcException">The account plays on another one.</exception>
    public bool Begin(Session session, OpenReason reason) => streams.Open(session, reason);

    /// <summary>
    /// A client is about to play a file: it is told where that is, others are to be told of it, and it gets another ticket
    /// where it has one of before its plan was another.
    /// </summary>
    public void AddTo(OpenedTrack reply, FileId file, Session session, Entitlement entitlement)
    {
        peers.NoteScope(session, TicketScopes.Of(session.Account.Roles, entitlement));
        reply.Nodes.AddRange(nodes.StorageFor(peers.SiteOf(session.Peer)));
        if (!entitlement.UsesPeers)
            return;

        reply.Peers.AddRange(peers.Find(file, session.Peer));
        peers.Played(session.Peer, file);
    }

    /// <summary>Peers that have a file; null for a client that has none to ask.</summary>
    public IEnumerable<Peer>? FindPeers(FileId file, Session session, Entitlement entitlement) =>
        entitlement.UsesPeers ? peers.Find(file, session.Peer) : null;
}
