using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Events;

/// <summary>Whether the cache holds all chunks of a file that a peer asked about.</summary>
/// <param name="Connection">Which connection.</param>
/// <param name="Request">The request of the remote peer; 0 for a search.</param>
/// <param name="File">The file.</param>
/// <param name="IsHeld">True when it holds them all.</param>
public readonly record struct HeldAnswered(
    ConnectionId Connection, uint Request, FileId File, bool IsHeld) : IClientEvent;
