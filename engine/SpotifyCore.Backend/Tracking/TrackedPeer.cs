using SpotifyCore.Content.Identity;

namespace SpotifyCore.Backend.Tracking;

/// <summary>A peer to ask for a file.</summary>
public readonly record struct TrackedPeer(PeerId Id, ClientPlace Place);
