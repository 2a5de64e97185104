using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Core.Neighbours;

namespace SpotifyCore.Core.Events;

/// <summary>
/// What the core needs of an opened track; the content key and the loudness stay with the runtime. The arrays are the
/// core's from here on and are not changed by either side.
/// </summary>
/// <param name="Manifest">The file's manifest, checked against its id.</param>
/// <param name="Nodes">Production nodes, best first; empty keeps those known before.</param>
/// <param name="Peers">Who played the file lately, best first; empty when the tracker knows nobody.</param>
public sealed record OpenedTrack(Manifest Manifest, NodeAddress[] Nodes, PeerAddress[] Peers);
