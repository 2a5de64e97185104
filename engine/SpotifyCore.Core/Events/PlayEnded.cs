using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Events;

/// <summary>
/// The player is done with a play. When it sounded all of the current one, what follows is current from now on.
/// </summary>
/// <param name="Play">The play it is about.</param>
/// <param name="Samples">Samples per channel handed to the output in all.</param>
/// <param name="IsComplete">True when it came to its end; false when it was ended before.</param>
/// <param name="At">When its last sample was handed over, by the runtime's clock.</param>
public readonly record struct PlayEnded(PlayId Play, long Samples, bool IsComplete, Instant At) : IClientEvent;
