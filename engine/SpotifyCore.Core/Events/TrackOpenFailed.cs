using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>A track can't be opened: unknown, not allowed, or the access point is out of reach.</summary>
/// <param name="Play">The play it was to be opened for.</param>
/// <param name="Failure">Why.</param>
public readonly record struct TrackOpenFailed(PlayId Play, DeliveryFailure Failure) : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.Playback.OpenFailed(Play, Failure, now, actions);
        return MaintenanceScope.Links;
    }
}
