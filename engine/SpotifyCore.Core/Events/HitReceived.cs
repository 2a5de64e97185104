using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Events;

/// <summary>A search was answered.</summary>
/// <param name="Connection">Which connection.</param>
/// <param name="Query">The search.</param>
/// <param name="Addresses">Who holds the file; none when it is the sender who holds it.</param>
public readonly record struct HitReceived(
    ConnectionId Connection, ulong Query, NodeAddress[] Addresses) : IClientEvent;
