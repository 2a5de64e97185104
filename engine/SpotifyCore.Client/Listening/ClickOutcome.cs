using SpotifyCore.Core.Playing;

namespace SpotifyCore.Client.Listening;

/// <summary>What became of a click.</summary>
/// <param name="Play">Its play, which sounds; null when it never will.</param>
/// <param name="Reason">Why not, in a sentence; empty when it sounds.</param>
internal readonly record struct ClickOutcome(TrackPlay? Play, string Reason)
{
    /// <summary>True when a login would help.</summary>
    public bool NeedsLogin { get; init; }
}
