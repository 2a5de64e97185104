using SpotifyCore.Core.Queueing;

namespace SpotifyCore.Client.Keeping;

/// <summary>A queue as it is kept.</summary>
/// <param name="Tracks">Its tracks, in the order in which they play.</param>
/// <param name="Straight">While shuffled: the places of the tracks in their own order; else null.</param>
internal sealed record KeptQueue(KeptQueuedTrack[] Tracks, int[]? Straight)
{
    /// <summary>True when it can be what was written.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsSound => Tracks is not null
        && Array.TrueForAll(Tracks, static track => track?.Info is not null)
        && (Straight is null || PlayQueue.IsOrder(Straight, Tracks.Length));
}
