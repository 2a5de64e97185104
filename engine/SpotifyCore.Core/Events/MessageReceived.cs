using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Core.Events;

/// <summary>A message came that has no payload for the core.</summary>
/// <param name="Connection">Which connection.</param>
/// <param name="Message">The message; chunks, search hits and parts come as events of their own.</param>
public readonly record struct MessageReceived(ConnectionId Connection, PeerMessage Message) : IClientEvent;
