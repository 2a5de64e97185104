using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>
/// A track is open: from the access point, or from what the runtime kept of it, with no nodes and peers then.
/// </summary>
/// <param name="Play">The play it was opened for.</param>
/// <param name="Track">The track as opened.</param>
public readonly record struct TrackOpened(PlayId Play, OpenedTrack Track) : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.UseNodes(Track.Nodes, now, actions);
        core.Playback.Opened(Play, Track, now, actions);
        return MaintenanceScope.Links;
    }
}
