namespace SpotifyCore.Client.Listening;

/// <summary>What played until a click replaced it, for the case that what was clicked on never sounds.</summary>
/// <param name="Queue">Its queue, as it was.</param>
/// <param name="Play">The play, which knows where it was.</param>
/// <param name="IsPaused">True when it was paused.</param>
internal sealed record ReplacedPlay(TrackQueue Queue, ActivePlay Play, bool IsPaused);
