using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>The output is gone: nothing can sound.</summary>
/// <param name="Play">What was to sound.</param>
public readonly record struct OutputFailed(PlayId Play) : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.Playback.OutputFailed(Play, now, actions);
        return MaintenanceScope.Links;
    }
}
