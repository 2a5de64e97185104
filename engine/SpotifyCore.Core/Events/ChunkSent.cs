using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>
/// A chunk asked for by <see cref="SendChunk"/> went out, or the cache lacks it and nothing was sent.
/// </summary>
/// <param name="Connection">Which connection.</param>
/// <param name="Request">The remote peer's request.</param>
/// <param name="Chunk">The chunk.</param>
/// <param name="Length">Its bytes; 0 when nothing was sent.</param>
public readonly record struct ChunkSent(ConnectionId Connection, uint Request, uint Chunk, int Length) : IClientEvent;
