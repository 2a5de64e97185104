using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>How loud it is to be.</summary>
/// <param name="Percent">From 0 to 100.</param>
public readonly record struct VolumeChosen(int Percent) : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.Playback.SetVolume(Percent, actions);
        return MaintenanceScope.Uploads;
    }
}
