namespace SpotifyCore.Core.Actions;

/// <summary>
/// Ends a connection, opened, accepted or still being opened, after what was sent before. Its requests and slots
/// are dropped. No answer; nothing more of it may be reported.
/// </summary>
/// <param name="Connection">Which connection.</param>
/// <param name="Reason">Why.</param>
public readonly record struct CloseConnection(ConnectionId Connection, CloseReason Reason) : IClientAction
{
    int IClientAction.Kind => 9;

    /// <inheritdoc/>
    public void CarryOut(ClientPorts ports) => ports.Network.Close(this);
}
