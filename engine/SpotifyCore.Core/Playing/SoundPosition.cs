using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Playing;

/// <summary>
/// Where the sound of a play is, in samples: what the player said last and, while the sound goes on, the time since. Two
/// clocks never agree to the sample: what was shown is not taken back for that. Owned by the core's loop.
/// </summary>
/// <param name="isPaced">False where the output keeps no time: the sound is only where the player says.</param>
internal sealed class SoundPosition(bool isPaced)
{
    /// <summary>Samples of a second, as a listener counts.</summary>
    public const int SampleRate = 48_000;

    /// <summary>What two clocks may differ by within <see cref="Longest"/>; a player further back was moved.</summary>
    private const long Drift = SampleRate / 4;

    /// <summary>The player speaks once a second: a position that is older does not go on.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private long _sample;
    private long _shown = long.MinValue;
    private Instant _at;
    private bool _isMoving;

    /// <summary>Where it is at a time; negative while what came before still sounds.</summary>
    public long SampleAt(Instant now)
    {
        if (!_isMoving)
            return Math.Max(_sample, _shown);

        var since = now - _at;
        var ticks = since < Longest ? since.Ticks : Longest.Ticks;
        return Math.Max(_sample + (ticks * SampleRate / TimeSpan.TicksPerSecond), _shown);
    }

    /// <summary>It was there at a time, and goes on or stands; what was shown before is of no interest.</summary>
    public void Set(long sample, Instant at, bool isMoving) =>
        (_sample, _at, _isMoving, _shown) = (sample, at, isMoving && isPaced, long.MinValue);

    /// <summary>The player says where it was at a time; a little behind what was shown, it stands until it is there.</summary>
    public void Correct(long sample, Instant at, bool isMoving, Instant now)
    {
        var shown = SampleAt(now);
        Set(sample, at, isMoving);
        if (shown - SampleAt(now) is > 0 and < Drift)
            _shown = shown;
    }

    /// <summary>It stands where it is.</summary>
    public void Hold(Instant now) => Set(SampleAt(now), now, isMoving: false);

    /// <summary>It goes on from where it stands; one that moves moves on.</summary>
    public void GoOn(Instant now)
    {
        if (!_isMoving)
            Set(_sample, now, isMoving: true);
    }
}
