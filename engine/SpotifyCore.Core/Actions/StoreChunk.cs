using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Core.Actions;

/// <summary>Writes a slot's verified chunk to the cache. Answer: <see cref="ChunkStored"/>.</summary>
/// <param name="Play">The play it is for.</param>
/// <param name="File">The file.</param>
/// <param name="Chunk">The chunk.</param>
/// <param name="Slot">Where it lies; the runtime keeps the slot until this is done.</param>
/// <param name="Length">Its bytes.</param>
public readonly record struct StoreChunk(PlayId Play, FileId File, uint Chunk, int Slot, int Length) : IClientAction
{
    int IClientAction.Kind => 6;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Chunks.Store(this);
}
