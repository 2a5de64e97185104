using SpotifyCore.Content.Time;
using SpotifyCore.Playback.Output;

namespace SpotifyCore.Playback.Playing;

/// <summary>
/// When an output is written to: a real-time one until it is full, then not before a third of it has sounded, so that the
/// player's thread wakes a few times a second instead of for every block. For the player's thread.
/// </summary>
/// <param name="output">The output.</param>
/// <param name="block">Samples per channel of a write.</param>
/// <param name="sleep">How that thread waits.</param>
/// <param name="time">The clock.</param>
internal sealed class OutputFilling(IAudioOutput output, int block, PlayerSleep sleep, TimeProvider time)
{
    private const int Parts = 3;

    // Never while it is being filled.
    private Instant _fullUntil = Instant.Never;

    /// <summary>
    /// True when a block may be written; else the thread may sleep until then. A card that is slower than its clock
    /// makes that write wait.
    /// </summary>
    public bool MayWrite()
    {
        if (!output.IsRealTime)
            return true;

        var now = time.GetInstant();
        if (_fullUntil == Instant.Never)
        {
            if (output.Room >= block)
                return true;

            _fullUntil = now + AudioFormat.DurationOf(output.Pending / Parts);
        }

        if (_fullUntil > now)
        {
            sleep.AtMost(_fullUntil - now);
            return false;
        }

        Restart();
        return true;
    }

    /// <summary>The output has been flushed or has stood still: the next block is written at once.</summary>
    public void Restart() => _fullUntil = Instant.Never;
}
