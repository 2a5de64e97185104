namespace SpotifyCore.Core.Events;

/// <summary>A connection that the core asked for did not come up.</summary>
/// <param name="Connection">Which connection.</param>
public readonly record struct ConnectionFailed(ConnectionId Connection) : IClientEvent;
