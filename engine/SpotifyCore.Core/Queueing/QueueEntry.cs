using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Queueing;

/// <summary>A track's place in a queue; the same track may stand in several.</summary>
/// <param name="Id">Names the entry within its queue, never reused.</param>
/// <param name="Track">What to play.</param>
public readonly record struct QueueEntry(long Id, TrackId Track);
