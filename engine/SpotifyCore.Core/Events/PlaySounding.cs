using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Events;

/// <summary>A play's first PCM was handed to the output.</summary>
/// <param name="Play">The play.</param>
/// <param name="At">When, by the runtime's clock.</param>
public readonly record struct PlaySounding(PlayId Play, Instant At) : IClientEvent;
