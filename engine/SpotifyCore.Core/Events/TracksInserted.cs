using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Events;

/// <summary>
/// The listener put tracks, in their order, where they play next; they play at once when nothing does.
/// </summary>
/// <param name="Tracks">The tracks; the core's from here on. Ignored when the queue does not take them.</param>
/// <param name="ClickedAt">When, by the runtime's clock.</param>
public readonly record struct TracksInserted(TrackId[] Tracks, Instant ClickedAt) : IClientEvent;
