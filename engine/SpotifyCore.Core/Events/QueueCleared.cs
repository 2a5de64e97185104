using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>The listener took out everything but what plays.</summary>
public readonly record struct QueueCleared() : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.Playback.KeepCurrent(now, actions);
        return MaintenanceScope.Links;
    }
}
