using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Events;

/// <summary>A peer says which chunks of a part of a file it holds.</summary>
/// <param name="Connection">Which connection.</param>
/// <param name="File">The file.</param>
/// <param name="First">The chunk of the lowest bit.</param>
/// <param name="Present">A bit for each chunk. The runtime's memory, copied by the core.</param>
public readonly record struct PartReceived(
    ConnectionId Connection, FileId File, uint First, ReadOnlyMemory<ulong> Present) : IClientEvent;
