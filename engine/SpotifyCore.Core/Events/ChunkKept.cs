using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Events;

/// <summary>A chunk was written into the file that is kept, or could not be.</summary>
/// <param name="Keeping">What it is about.</param>
/// <param name="Chunk">The chunk.</param>
/// <param name="IsStored">False when the disk refused it.</param>
public readonly record struct ChunkKept(PlayId Keeping, uint Chunk, bool IsStored) : IClientEvent;
