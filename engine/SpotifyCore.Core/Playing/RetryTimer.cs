using SpotifyCore.Content.Time;
using SpotifyCore.Core.Chance;

namespace SpotifyCore.Core.Playing;

/// <summary>
/// When a play whose sources are away is tried again: after growing pauses, of half a minute at most, or of a few
/// seconds while somebody is connected. Owned by the core's loop.
/// </summary>
internal sealed class RetryTimer(ulong seed)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // What nobody had or gave before, somebody may have or give by now.
    private static readonly TimeSpan LongestConnected = TimeSpan.FromSeconds(8);

    private SeededRandom _random = new(seed);
    private int _failures;

    /// <summary>When it is due; <see cref="Instant.Never"/> for not at all.</summary>
    public Instant At { get; private set; } = Instant.Never;

    /// <summary>Tries again after a pause, each time a longer one.</summary>
    /// <param name="isConnected">True when it lacks data, and somebody is connected who may have them.</param>
    /// <param name="now">The time.</param>
    public void Later(bool isConnected, Instant now)
    {
        var pause = Backoff.Bound(FirstPause, isConnected ? LongestConnected : LongestPause, _failures++);
        // Half of it is chance's: those who lost the same sources don't come back in step.
        At = now + _random.Between(pause / 2, pause);
    }

    /// <summary>It is tried; the next pause, should there be one, is longer.</summary>
    public void Done() => At = Instant.Never;

    /// <summary>Something plays, or nothing is to: the next pause is the first again.</summary>
    public void Reset() => (At, _failures) = (Instant.Never, 0);
}
