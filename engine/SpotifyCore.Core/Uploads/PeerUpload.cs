using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;

namespace SpotifyCore.Core.Uploads;

/// <summary>What one neighbour was given, and gave: a line of the live statistics.</summary>
/// <param name="Peer">Who; null where no key was proved.</param>
/// <param name="Given">Payload bytes it was given.</param>
/// <param name="Received">Verified payload bytes it gave.</param>
/// <param name="Latest">What it asked for last.</param>
/// <param name="IsServed">True while something is on its way to it, or waits to be.</param>
public readonly record struct PeerUpload(
    PeerId? Peer, long Given, long Received, RequestPriority Latest, bool IsServed);
