using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>A channel is up, in either direction, and both sides have accepted the other's hello.</summary>
/// <param name="Connection">Which connection.</param>
/// <param name="Remote">What is known of the other side.</param>
public readonly record struct ConnectionOpened(ConnectionId Connection, RemoteSide Remote) : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.Links.Opened(Connection, Remote, now, actions);
        if (core.Parts.Links.TryFind(Connection, out var link) && link.IsNode)
            core.Playback.TryAgain(now, actions);

        return MaintenanceScope.Links;
    }
}
