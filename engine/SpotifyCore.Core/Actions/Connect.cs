using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Core.Actions;

/// <summary>
/// Opens a connection under a new number and exchanges hellos. Answer: <see cref="ConnectionOpened"/> or <see
/// cref="ConnectionFailed"/>.
/// </summary>
/// <param name="Connection">Its number.</param>
/// <param name="Address">Where to; its id, if it has one, must be proved.</param>
public readonly record struct Connect(ConnectionId Connection, NodeAddress Address) : IClientAction
{
    int IClientAction.Kind => 8;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Network.Connect(this);
}
