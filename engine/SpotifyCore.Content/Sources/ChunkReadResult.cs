using SpotifyCore.Content.Identity;

namespace SpotifyCore.Content.Sources;

/// <summary>What a read brought: a value for a miss as for a hit.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Length">Bytes written to the destination: whole chunks from the first asked for, in order.</param>
/// <param name="Tier">The tier the bytes came from; the farthest one where several gave some.</param>
/// <param name="Sender">Who gave them, where a channel proved it.</param>
public readonly record struct ChunkReadResult(ChunkReadStatus Status, int Length, Tier Tier, PeerId? Sender)
{
    /// <summary>The source does not have it.</summary>
    public static readonly ChunkReadResult NotFound = new(ChunkReadStatus.NotFound, 0, Tier.None, null);

    /// <summary>The source is over a limit.</summary>
    public static readonly ChunkReadResult Busy = new(ChunkReadStatus.Busy, 0, Tier.None, null);

    /// <summary>The deadline passed or the source is out of reach.</summary>
    public static readonly ChunkReadResult Unavailable = new(ChunkReadStatus.Unavailable, 0, Tier.None, null);

    /// <summary>A hit of <paramref name="length"/> bytes.</summary>
    public static ChunkReadResult Found(int length, Tier tier, PeerId? sender = null) =>
        new(ChunkReadStatus.Found, length, tier, sender);
}
