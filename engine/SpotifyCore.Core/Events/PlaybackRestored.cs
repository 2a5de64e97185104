using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Playing;

namespace SpotifyCore.Core.Events;

/// <summary>The client goes on where an earlier run was: before anything plays.</summary>
/// <param name="Snapshot">How it stood.</param>
public readonly record struct PlaybackRestored(PlaybackSnapshot Snapshot) : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.Playback.Restore(Snapshot, now, actions);
        return MaintenanceScope.Links;
    }
}
