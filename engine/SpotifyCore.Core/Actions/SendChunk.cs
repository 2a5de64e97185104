using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Core.Actions;

/// <summary>
/// Reads a chunk from the cache and sends it as an answer to a peer's request. Answer: <see cref="ChunkSent"/>,
/// unless the connection ends first.
/// </summary>
/// <param name="Connection">Which connection.</param>
/// <param name="Request">The remote peer's request.</param>
/// <param name="Chunk">The chunk.</param>
/// <param name="Priority">What waits for it there.</param>
public readonly record struct SendChunk(
    ConnectionId Connection, uint Request, ChunkId Chunk, RequestPriority Priority) : IClientAction
{
    /// <summary>False where its bytes may leave as fast as they are taken, whatever the pace of uploads is.</summary>
    public bool IsPaced { get; init; } = true;

    int IClientAction.Kind => 13;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Network.SendChunk(this);
}
