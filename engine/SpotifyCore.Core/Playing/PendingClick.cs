using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Core.Playing;

/// <summary>A click whose track is being opened while something else plays.</summary>
/// <param name="Play">The play that it becomes.</param>
/// <param name="Tracks">What was clicked on.</param>
/// <param name="Seed">Of the order behind the first.</param>
/// <param name="ClickedAt">When, by the runtime's clock.</param>
internal sealed record PendingClick(PlayId Play, TrackId[] Tracks, ulong Seed, Instant ClickedAt)
{
    /// <summary>What was put into the queue meanwhile.</summary>
    public QueueAdditions Additions { get; } = new();
}
