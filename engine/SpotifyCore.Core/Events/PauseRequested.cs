using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>The listener stops the sound where it is; a click that is being opened does not sound either.</summary>
public readonly record struct PauseRequested() : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.Playback.Pause(now, actions);
        return MaintenanceScope.Links;
    }
}
