using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Core.Playing;

/// <summary>What played until a click replaced it, for the case that what was clicked on never sounds.</summary>
/// <param name="Queue">Its queue, as it was.</param>
/// <param name="Entry">What played of it.</param>
/// <param name="Sample">Where in it the sound was.</param>
/// <param name="IsPaused">True when it was paused.</param>
internal sealed record ReplacedPlay(PlayQueue Queue, QueueEntry Entry, long Sample, bool IsPaused);
