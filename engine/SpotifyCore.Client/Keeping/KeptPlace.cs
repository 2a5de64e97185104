using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Queueing;
using SpotifyCore.Playback.Playing;

namespace SpotifyCore.Client.Keeping;

/// <summary>Where a listener is in the queue, as it is kept.</summary>
/// <param name="Current">The place of the track that plays; -1 when none does.</param>
/// <param name="Track">That track's id, as text, by which it is found again; else empty.</param>
/// <param name="Sample">Where in it the sound is, in samples of 48 kHz.</param>
/// <param name="IsPaused">True when the listener had stopped the sound.</param>
/// <param name="Repeat">What happens at the end.</param>
/// <param name="Volume">How loud, in percent.</param>
/// <param name="CrossfadeMilliseconds">
/// How long the end of a track and the beginning of the next sound together; 0 where it is not kept.
/// </param>
internal sealed record KeptPlace(
    int Current, string Track, long Sample, bool IsPaused, RepeatMode Repeat, int Volume, int CrossfadeMilliseconds)
{
    /// <summary>As the core takes it.</summary>
    public PlaybackPlace ToPlace()
    {
        var most = (int)Player.LongestCrossfade.TotalMilliseconds;
        var crossfade = TimeSpan.FromMilliseconds(Math.Clamp(CrossfadeMilliseconds, 0, most));
        return new(Current, Sample, IsPaused, Repeat, Volume, crossfade);
    }

    /// <summary>As it is kept.</summary>
    /// <param name="place">The place.</param>
    /// <param name="track">What plays; null when nothing does.</param>
    public static KeptPlace Of(in PlaybackPlace place, TrackId? track) => new(
        place.Position,
        track?.ToString() ?? "",
        place.Sample,
        place.IsPaused,
        place.Repeat,
        place.Volume,
        (int)place.Crossfade.TotalMilliseconds);
}
