using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Events;

/// <summary>A chunk was written to the cache, or could not be.</summary>
/// <param name="Play">The play it is about.</param>
/// <param name="Chunk">The chunk.</param>
/// <param name="IsStored">False when the cache refused it.</param>
public readonly record struct ChunkStored(PlayId Play, uint Chunk, bool IsStored) : IClientEvent;
