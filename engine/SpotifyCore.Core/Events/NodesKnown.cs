using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>
/// The production nodes to use from now on; the client has come online. The first is connected at once and kept so.
/// </summary>
/// <param name="Nodes">Best first.</param>
public readonly record struct NodesKnown(NodeAddress[] Nodes) : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.UseNodes(Nodes, now, actions);
        core.Playback.CameOnline(now, actions);
        return MaintenanceScope.Links;
    }
}
