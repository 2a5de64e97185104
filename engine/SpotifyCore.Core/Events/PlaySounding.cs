using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>A play's first PCM was handed to the output.</summary>
/// <param name="Play">The play.</param>
/// <param name="At">When, by the runtime's clock.</param>
public readonly record struct PlaySounding(PlayId Play, Instant At) : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.Playback.Sounding(Play, At, now);
        return MaintenanceScope.Links;
    }
}
