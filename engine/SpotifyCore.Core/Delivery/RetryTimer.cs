using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Chance;

namespace SpotifyCore.Core.Delivery;

/// <summary>
/// When a play whose sources are away is tried again: after growing pauses, of half a minute at most, or of a few
/// seconds while somebody is connected, or comes; at once when who comes holds its file. Owned by the core's loop.
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

    /// <summary>The file of which nobody gave what it lacks; null when it waits for something else, or not at all.</summary>
    public FileId? Lacked { get; private set; }

    /// <summary>Tries again after a pause, each time a longer one.</summary>
    /// <param name="lacked">The file of which it lacks data; null when it can't be opened.</param>
    /// <param name="isConnected">True when somebody is connected who may have them.</param>
    /// <param name="now">The time.</param>
    public void Later(FileId? lacked, bool isConnected, Instant now)
    {
        Lacked = lacked;
        var longest = lacked is not null && isConnected ? LongestConnected : LongestPause;
        At = now + Drawn(Backoff.Bound(FirstPause, longest, _failures++));
    }

    /// <summary>Somebody has come who may have what it lacks.</summary>
    public void Sooner(Instant now) => At = Instant.Min(At, now + Drawn(LongestConnected));

    /// <summary>Somebody says that they hold a file: when it lacks that, it is tried now, once.</summary>
    public void NoteHeld(FileId file, Instant now)
    {
        if (Lacked == file)
            At = Instant.Min(At, now);
    }

    /// <summary>What was away is back: should what is tried now fail all the same, its pause is the first again.</summary>
    public void BeginAnew() => _failures = 0;

    /// <summary>It is tried; the next pause, should there be one, is longer.</summary>
    public void Done() => (At, Lacked) = (Instant.Never, null);

    /// <summary>Something plays, or nothing is to: the next pause is the first again.</summary>
    public void Reset()
    {
        Done();
        BeginAnew();
    }

    // Half of it is chance's: those who lost the same sources don't come back in step.
    private TimeSpan Drawn(TimeSpan pause) => _random.Between(pause / 2, pause);
}
