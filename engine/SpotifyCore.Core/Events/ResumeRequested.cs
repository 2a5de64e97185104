using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>The listener lets the sound go on.</summary>
public readonly record struct ResumeRequested() : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.Playback.Resume(now, actions);
        return MaintenanceScope.Links;
    }
}
