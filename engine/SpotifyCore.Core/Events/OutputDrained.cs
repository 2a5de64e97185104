using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>All that was handed to the output was heard, and nothing follows.</summary>
public readonly record struct OutputDrained() : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.Playback.Drained();
        return MaintenanceScope.Uploads;
    }
}
