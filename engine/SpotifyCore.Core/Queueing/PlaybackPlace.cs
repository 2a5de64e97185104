namespace SpotifyCore.Core.Queueing;

/// <summary>Where a listener is in a queue.</summary>
/// <param name="Position">The place of the track that plays; -1 when none does.</param>
/// <param name="Sample">Where in it the sound is, in samples of 48 kHz.</param>
/// <param name="IsPaused">True when the listener had stopped the sound.</param>
/// <param name="Repeat">What happens at the end.</param>
/// <param name="Volume">How loud, in percent.</param>
/// <param name="Crossfade">How long the end of a track and the beginning of the next sound together.</param>
public readonly record struct PlaybackPlace(
    int Position, long Sample, bool IsPaused, RepeatMode Repeat, int Volume, TimeSpan Crossfade);
