using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Events;

/// <summary>The listener goes to the track before, or to the start of this one once 3 s of it were heard.</summary>
/// <param name="ClickedAt">When, by the runtime's clock.</param>
public readonly record struct BackRequested(Instant ClickedAt) : IClientEvent;
