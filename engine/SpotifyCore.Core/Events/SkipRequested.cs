using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>The listener goes to the next track; the playback stops after the last.</summary>
/// <param name="ClickedAt">When, by the runtime's clock.</param>
public readonly record struct SkipRequested(Instant ClickedAt) : IClientEvent
{
    MaintenanceScope IClientEvent.ApplyTo(ClientCore core, Instant now, ActionBuffer actions)
    {
        core.Playback.Skip(ClickedAt, now, actions);
        return MaintenanceScope.Links;
    }
}
