using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Events;

/// <summary>
/// The listener chose tracks in place of the queue, the first at once. What plays goes on until that is open; if it
/// never sounds, what played comes back.
/// </summary>
/// <param name="Tracks">At least one; the core's from here on. Ignored when the queue does not take them.</param>
/// <param name="Seed">Of the order behind the first, while shuffle is on.</param>
/// <param name="ClickedAt">When, by the runtime's clock.</param>
public readonly record struct TracksChosen(TrackId[] Tracks, ulong Seed, Instant ClickedAt) : IClientEvent;
