using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Events;

/// <summary>Who the tracker says has a file; none also when it could not be asked.</summary>
/// <param name="File">The file.</param>
/// <param name="Peers">Best first.</param>
public readonly record struct PeersFound(FileId File, PeerAddress[] Peers) : IClientEvent;
