using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Events;

/// <summary>These tracks are to be kept offline and are not yet, in this order: in place of those named before.</summary>
/// <param name="Tracks">The tracks; none to fetch nothing. The core's from here on.</param>
public readonly record struct OfflineWanted(TrackId[] Tracks) : IClientEvent;
