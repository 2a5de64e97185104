namespace SpotifyCore.Core.Events;

/// <summary>
/// A chunk is on its way to a peer, and its connection has not taken a byte for so long: some once a second. What
/// waits for its turn at the client's own pace is not held up.
/// </summary>
/// <param name="Connection">Which connection.</param>
/// <param name="Since">For how long.</param>
public readonly record struct ChunkHeldUp(ConnectionId Connection, TimeSpan Since) : IClientEvent;
