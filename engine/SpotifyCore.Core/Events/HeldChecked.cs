using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Events;

/// <summary>Says whether a track can be played from the cache alone.</summary>
/// <param name="Track">The track.</param>
/// <param name="IsHeld">True when it can.</param>
public readonly record struct HeldChecked(TrackId Track, bool IsHeld) : IClientEvent;
