using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Core;

namespace SpotifyCore.Simulation.Clients;

/// <summary>
/// What the one slot of a world holds while an event that names it is handled: which chunk, and whether its bytes would
/// be right. The judge of all cores.
/// </summary>
internal sealed class SlotContent : IChunkVerifier
{
    /// <summary>The number of the slot.</summary>
    public const int Number = 0;

    /// <summary>The chunk.</summary>
    public ChunkId Chunk { get; private set; }

    /// <summary>Its length.</summary>
    public int Length { get; private set; }

    /// <summary>True when its bytes are not those of the chunk.</summary>
    public bool IsWrong { get; private set; }

    /// <summary>Where the bytes came from.</summary>
    public Tier Origin { get; private set; }

    /// <summary>True once the core had the chunk stored.</summary>
    public bool IsStored { get; set; }

    public void Fill(ChunkId chunk, int length, Tier origin, bool wrong = false) =>
        (Chunk, Length, Origin, IsWrong, IsStored) = (chunk, length, origin, wrong, false);

    /// <inheritdoc/>
    public bool Matches(int slot, Manifest manifest, uint index, int length) =>
        !IsWrong && Chunk == new ChunkId(manifest.File, index)
        && length == Length && length == manifest.LengthOf(index);
}
