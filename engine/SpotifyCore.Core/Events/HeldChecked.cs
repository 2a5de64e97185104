using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>Says whether a track can be played from the cache alone.</summary>
/// <param name="Track">The track.</param>
/// <param name="IsHeld">True when it can.</param>
public readonly record struct HeldChecked(TrackId Track, bool IsHeld) : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.Playback.Held(Track, IsHeld, now, actions);
        return MaintenanceScope.Links;
    }
}
