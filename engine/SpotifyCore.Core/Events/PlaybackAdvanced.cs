using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>
/// The player moved on. Both values are the feed's at this moment, read on the loop after any <see
/// cref="Reposition"/> was executed, never ones that waited in a queue; reports may be merged, the last one
/// before <see cref="PlayEnded"/> names the chunk after the file's last.
/// </summary>
/// <param name="Play">The current play.</param>
/// <param name="Chunk">The first chunk that the player has not used up: all below are out of the feed.</param>
/// <param name="Sample">The sample that was handed to the output last.</param>
public readonly record struct PlaybackAdvanced(PlayId Play, uint Chunk, long Sample) : IClientEvent
{
    /// <summary>When it was there, by the runtime's clock; null for now.</summary>
    public Instant? At { get; init; }

    /// <summary>
    /// True when the player said nothing of where it is, or said it before a <see cref="Reposition"/> reached it: only
    /// the feed has moved, and the sample is what is shown.
    /// </summary>
    public bool IsReckoned { get; init; }
}
