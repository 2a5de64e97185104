using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Events;

/// <summary>The cache no longer has a chunk, or it was damaged.</summary>
/// <param name="Play">The play it is about.</param>
/// <param name="Chunk">The chunk.</param>
public readonly record struct CacheMissed(PlayId Play, uint Chunk) : IClientEvent;
