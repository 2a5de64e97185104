using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>The output ran dry while a play should have sounded.</summary>
/// <param name="Play">The play.</param>
public readonly record struct PlayStuttered(PlayId Play) : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.Playback.Stuttered(Play);
        return MaintenanceScope.Uploads;
    }
}
