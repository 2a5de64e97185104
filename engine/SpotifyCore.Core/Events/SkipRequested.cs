using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Events;

/// <summary>The listener goes to the next track; the playback stops after the last.</summary>
/// <param name="ClickedAt">When, by the runtime's clock.</param>
public readonly record struct SkipRequested(Instant ClickedAt) : IClientEvent;
