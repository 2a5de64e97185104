using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Events;

/// <summary>
/// A track is open: from the access point, or from what the runtime kept of it, with no nodes and peers then.
/// </summary>
/// <param name="Play">The play it was opened for.</param>
/// <param name="Track">The track as opened.</param>
public readonly record struct TrackOpened(PlayId Play, OpenedTrack Track) : IClientEvent
{
    /// <summary>True when the account plays on this device by that, as a listener wanted it.</summary>
    public bool IsStreamTaken { get; init; }
}
