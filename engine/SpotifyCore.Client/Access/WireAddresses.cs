using System.Net;
using Google.Protobuf;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Client.Access;

/// <summary>
/// Reads where nodes and peers are out of what the access point says; what is no address is left out.
/// </summary>
internal static class WireAddresses
{
    /// <summary>Nodes, in order.</summary>
    public static NodeAddress[] Of(IEnumerable<Node> nodes) =>
        [.. nodes.Select(node => Of(node.Id, node.Host, node.Port)).OfType<NodeAddress>()];

    /// <summary>Peers, in order, and what is known of where they are.</summary>
    public static PeerAddress[] Of(IEnumerable<Peer> peers, OwnPlace own) =>
        [.. peers.Select(peer => Of(peer, own)).OfType<PeerAddress>()];

    /// <summary>
    /// A peer, by the way that leads to it from here; the access point sees addresses, so what it tells is one and no
    /// name.
    /// </summary>
    public static PeerAddress? Of(Peer peer, OwnPlace own)
    {
        var near = own.Reach(peer);
        var (host, port) = near is null ? (peer.Host, peer.Port) : (near, peer.LanPort);
        if (!IPAddress.TryParse(host, out _) || Of(peer.Id, host, port) is not { } address)
            return null;

        // That nobody reaches it from outside says nothing about its own network.
        var isSameSite = own.Site.Length > 0 && string.Equals(peer.Site, own.Site, StringComparison.Ordinal);
        var place = (isSameSite ? PeerPlace.SameSite : PeerPlace.None)
            | (peer.SameLan ? PeerPlace.SameLan : PeerPlace.None)
            | (near is null ? PeerPlace.None : PeerPlace.Inside)
            | (peer.Unreachable && near is null ? PeerPlace.Unreachable : PeerPlace.None);
        return new PeerAddress(address, place);
    }

    private static NodeAddress? Of(ByteString id, string host, int port) =>
        id.Length == PeerId.Size && port is > 0 and <= IPEndPoint.MaxPort && host.Length > 0
            ? new NodeAddress(PeerId.Read(id.Span), host, port)
            : null;
}
