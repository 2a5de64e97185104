using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Core.Actions;

/// <summary>
/// Reads a chunk from the cache into a slot. Answer: <see cref="CacheRead"/> or <see cref="CacheMissed"/>.
/// </summary>
/// <param name="Play">The play it is for.</param>
/// <param name="File">The file.</param>
/// <param name="Chunk">The chunk.</param>
public readonly record struct ReadChunk(PlayId Play, FileId File, uint Chunk) : IClientAction
{
    int IClientAction.Kind => 5;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Chunks.Read(this);
}
