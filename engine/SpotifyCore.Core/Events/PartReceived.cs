using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>A peer says which chunks of a part of a file it holds.</summary>
/// <param name="Connection">Which connection.</param>
/// <param name="File">The file.</param>
/// <param name="First">The chunk of the lowest bit.</param>
/// <param name="Present">A bit for each chunk. The runtime's memory, copied by the core.</param>
public readonly record struct PartReceived(
    ConnectionId Connection, FileId File, uint First, ReadOnlyMemory<ulong> Present) : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.Links.PartReceived(this, now, actions);
        return MaintenanceScope.Fetching;
    }
}
