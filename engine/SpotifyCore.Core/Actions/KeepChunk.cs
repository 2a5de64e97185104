using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Core.Actions;

/// <summary>Writes a slot's verified chunk into the file that is kept. Answer: <see cref="ChunkKept"/>.</summary>
/// <param name="Keeping">What it is for.</param>
/// <param name="File">The file.</param>
/// <param name="Chunk">The chunk.</param>
/// <param name="Slot">Where it lies; the runtime keeps the slot until this is done.</param>
/// <param name="Length">Its bytes.</param>
public readonly record struct KeepChunk(PlayId Keeping, FileId File, uint Chunk, int Slot, int Length) : IClientAction
{
    int IClientAction.Kind => 27;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Chunks.Keep(this);
}
