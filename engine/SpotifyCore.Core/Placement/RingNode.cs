using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Placement;

/// <summary>A member of the ring and the share of files it is to own.</summary>
/// <param name="Id">The node's id.</param>
/// <param name="Weight">Its share relative to the others; 1 unless they differ in size.</param>
public readonly record struct RingNode(PeerId Id, double Weight = 1);
