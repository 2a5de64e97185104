using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>The time asked for has come. Harmless when it comes early or twice.</summary>
public readonly record struct Woken() : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.Maintenance.Woken(now, actions);
        core.Playback.Woken(now, actions);
        return MaintenanceScope.Links;
    }
}
