namespace SpotifyCore.Core.Events;

/// <summary>A channel is up, in either direction, and both sides have accepted the other's hello.</summary>
/// <param name="Connection">Which connection.</param>
/// <param name="Remote">What is known of the other side.</param>
public readonly record struct ConnectionOpened(ConnectionId Connection, RemoteSide Remote) : IClientEvent;
