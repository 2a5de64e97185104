using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Queueing;

/// <summary>How the playback stands, as data that may be kept over a restart.</summary>
/// <param name="Tracks">The queue's tracks, in the order in which they play.</param>
/// <param name="StraightOrder">While shuffled: the places of the tracks in their own order; else null.</param>
/// <param name="Place">Where the listener is in it.</param>
public sealed record PlaybackSnapshot(TrackId[] Tracks, int[]? StraightOrder, PlaybackPlace Place);
