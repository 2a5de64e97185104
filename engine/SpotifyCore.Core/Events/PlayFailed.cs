using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Events;

/// <summary>
/// The player can't go on with a play; what it had of it was sounded, and what follows, if the player has it, sounds.
/// </summary>
/// <param name="Play">The play.</param>
/// <param name="At">When its last sample was handed over, or it failed, by the runtime's clock.</param>
public readonly record struct PlayFailed(PlayId Play, Instant At) : IClientEvent;
