using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Events;

/// <summary>A track can't be opened: unknown, not allowed, the account plays elsewhere, or the access point is out of reach.</summary>
/// <param name="Play">The play it was to be opened for.</param>
/// <param name="Failure">Why.</param>
public readonly record struct TrackOpenFailed(PlayId Play, DeliveryFailure Failure) : IClientEvent;
