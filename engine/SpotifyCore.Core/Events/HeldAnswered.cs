using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>Whether the cache holds all chunks of a file that a peer asked about.</summary>
/// <param name="Connection">Which connection.</param>
/// <param name="Request">The request of the remote peer; 0 for a search.</param>
/// <param name="File">The file.</param>
/// <param name="IsHeld">True when it holds them all.</param>
public readonly record struct HeldAnswered(
    ConnectionId Connection, uint Request, FileId File, bool IsHeld) : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.HeldAnswered(this, now, actions);
        return MaintenanceScope.Uploads;
    }
}
