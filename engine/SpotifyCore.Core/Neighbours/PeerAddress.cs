using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Transports.Sockets;

namespace SpotifyCore.Core.Neighbours;

/// <summary>Where a peer is said to be.</summary>
/// <param name="Address">Its id, and where it listens; port 0 when it must be asked to connect.</param>
/// <param name="Place">What is known of that place.</param>
public readonly record struct PeerAddress(NodeAddress Address, PeerPlace Place = PeerPlace.None)
{
    /// <summary>Its id; null where none can be proved.</summary>
    public PeerId? Id => Address.Id;

    /// <summary>True when it may be connected to; otherwise it must be asked to connect.</summary>
    public bool IsReachable => Address.Port > 0 && (Place & PeerPlace.Unreachable) == PeerPlace.None;

    /// <summary>True for the same LAN, by what the access point says or by the address itself.</summary>
    public bool IsLocal => (Place & PeerPlace.SameLan) != PeerPlace.None || IsNear;

    /// <summary>
    /// True where the way there does not leave the LAN: one public address may be that of many homes, and what goes to
    /// another of them goes out and comes in again.
    /// </summary>
    public bool IsNear => (Place & PeerPlace.Inside) != PeerPlace.None || PrivateNetwork.Contains(Address.Host);

    /// <summary>An address of which no more is known.</summary>
    public static implicit operator PeerAddress(NodeAddress address) => new(address);
}
