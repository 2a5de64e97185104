using SpotifyCore.Playback.Queueing;

namespace SpotifyCore.Client.Keeping;

/// <summary>Where a listener is in the queue, as it is kept.</summary>
/// <param name="Current">The place of the track that plays; -1 when none does.</param>
/// <param name="Track">That track's id, as text, by which it is found again; else empty.</param>
/// <param name="Sample">Where in it the sound is, in samples of 48 kHz.</param>
/// <param name="IsPaused">True when the listener had stopped the sound.</param>
/// <param name="Repeat">What happens at the end.</param>
/// <param name="Volume">How loud, in percent.</param>
internal sealed record KeptPlace(
    int Current, string Track, long Sample, bool IsPaused, RepeatMode Repeat, int Volume);
