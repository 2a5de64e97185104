using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Events;

/// <summary>
/// The production nodes to use from now on; the client has come online. The first is connected at once and kept so.
/// </summary>
/// <param name="Nodes">Best first.</param>
public readonly record struct NodesKnown(NodeAddress[] Nodes) : IClientEvent;
