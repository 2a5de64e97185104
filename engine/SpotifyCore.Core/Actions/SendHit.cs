using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Actions;

/// <summary>Answers a search with peers that hold the file; the runtime sends as many as fit. No answer.</summary>
/// <param name="Connection">Which connection.</param>
/// <param name="Query">The search.</param>
/// <param name="Addresses">Who holds it.</param>
public readonly record struct SendHit(ConnectionId Connection, ulong Query, NodeAddress[] Addresses) : IClientAction
{
    int IClientAction.Kind => 20;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Network.SendHit(this);
}
