using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>A connection that the core asked for did not come up.</summary>
/// <param name="Connection">Which connection.</param>
public readonly record struct ConnectionFailed(ConnectionId Connection) : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.Links.Over(Connection, misbehaved: false, now, actions);
        return MaintenanceScope.Links;
    }
}
