using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Events;

/// <summary>The output is gone: nothing can sound.</summary>
/// <param name="Play">What was to sound.</param>
public readonly record struct OutputFailed(PlayId Play) : IClientEvent;
