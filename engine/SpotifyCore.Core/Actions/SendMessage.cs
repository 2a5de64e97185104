using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Actions;

/// <summary>Sends a message that has no payload. No answer.</summary>
/// <param name="Connection">Which connection.</param>
/// <param name="Message">The message.</param>
public readonly record struct SendMessage(ConnectionId Connection, PeerMessage Message) : IClientAction
{
    int IClientAction.Kind => 12;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Network.Send(this);
}
