using SpotifyCore.Content.Identity;

namespace SpotifyCore.Core.Events;

/// <summary>The output ran dry while a play should have sounded.</summary>
/// <param name="Play">The play.</param>
public readonly record struct PlayStuttered(PlayId Play) : IClientEvent;
