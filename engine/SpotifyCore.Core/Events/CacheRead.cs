using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Events;

/// <summary>A chunk was read from the cache into a slot, which is lent for the length of <c>Handle</c>.</summary>
/// <param name="Play">The play it is about.</param>
/// <param name="Chunk">The chunk.</param>
/// <param name="Slot">Where it lies.</param>
/// <param name="Length">Its bytes.</param>
public readonly record struct CacheRead(PlayId Play, uint Chunk, int Slot, int Length) : IClientEvent;
