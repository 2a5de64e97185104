using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Core.Actions;

/// <summary>
/// Finds out whether the cache holds the whole of a file, for a peer. Answer: <see cref="HeldAnswered"/>.
/// </summary>
/// <param name="Connection">The peer's connection.</param>
/// <param name="Request">Its request; 0 for a search.</param>
/// <param name="File">The file.</param>
public readonly record struct QueryHeld(ConnectionId Connection, uint Request, FileId File) : IClientAction
{
    int IClientAction.Kind => 7;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Chunks.QueryHeld(this);
}
