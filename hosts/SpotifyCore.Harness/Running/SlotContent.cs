using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Swarm.Events;

namespace SpotifyCore.Harness.Running;

/// <summary>
/// What the one slot of a world holds while an event that names it is handled: which chunk, and whether its bytes would
/// be right. The judge of all cores.
/// </summary>
internal sealed class SlotContent : IChunkJudge
{
    /// <summary>The number of the slot.</summary>
    public const int Number = 0;

    /// <summary>The chunk.</summary>
    public ChunkId Chunk { get; private set; }

    /// <summary>Its length.</summary>
    public int Length { get; private set; }

    /// <summary>True when its bytes are not those of the chunk.</summary>
    public bool IsWrong { get; private set; }

    public void Fill(ChunkId chunk, int length, bool wrong) => (Chunk, Length, IsWrong) = (chunk, length, wrong);

    /// <inheritdoc/>
    public bool Matches(int slot, Manifest manifest, uint index, int length) =>
        !IsWrong && Chunk == new ChunkId(manifest.File, index)
        && length == Length && length == manifest.LengthOf(index);
}
