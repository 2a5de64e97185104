using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>The listener goes to the track before, or to the start of this one once 3 s of it were heard.</summary>
/// <param name="ClickedAt">When, by the runtime's clock.</param>
public readonly record struct BackRequested(Instant ClickedAt) : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.Playback.GoBack(ClickedAt, now, actions);
        return MaintenanceScope.Links;
    }
}
