using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Actions;

namespace SpotifyCore.Core.Events;

/// <summary>
/// The listener moved within the current play. The core answers with <see cref="Reposition"/>; until that is
/// executed the player must not read on. May come before the track is open.
/// </summary>
/// <param name="Play">The play it is about.</param>
/// <param name="Sample">Where to, in samples of 48 kHz, as a listener counts: 0 is the first that sounds.</param>
public readonly record struct SeekRequested(PlayId Play, long Sample) : IClientEvent;
