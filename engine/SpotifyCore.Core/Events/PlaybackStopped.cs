using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>
/// The listener wants no sound: the current play and the announced one end, and the queue is empty.
/// </summary>
public readonly record struct PlaybackStopped() : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.Playback.Stop(now, actions);
        return MaintenanceScope.Links;
    }
}
