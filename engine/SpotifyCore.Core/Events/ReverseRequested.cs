using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Events;

/// <summary>
/// The access point passes on that a peer wants this client to connect to it, at the address at which its live
/// session was seen. The core decides.
/// </summary>
/// <param name="Peer">Where it can be reached.</param>
public readonly record struct ReverseRequested(PeerAddress Peer) : IClientEvent;
