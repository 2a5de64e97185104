namespace SpotifyCore.Core.Events;

/// <summary>
/// An open connection has ended: the other side closed it, it broke, or it broke the protocol. Not sent after the
/// core's own close.
/// </summary>
/// <param name="Connection">Which connection.</param>
/// <param name="Misbehaved">True when the session found that the other side broke the protocol.</param>
public readonly record struct ConnectionClosed(ConnectionId Connection, bool Misbehaved) : IClientEvent;
