using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Uploads;

/// <summary>The delay of a line at rest: the least of the last minutes (RFC 6817, section 4.2).</summary>
/// <param name="minutes">How many.</param>
internal sealed class BaseDelay(int minutes)
{
    private readonly TimeSpan[] _least = Filled(minutes);
    private Instant _minute;
    private int _current;

    /// <summary>Takes in a sample; returns how far it lies above the line at rest.</summary>
    public TimeSpan Add(TimeSpan delay, Instant now)
    {
        if (now - _minute >= TimeSpan.FromMinutes(1))
        {
            _minute = now;
            _current = (_current + 1) % _least.Length;
            _least[_current] = delay;
        }

        if (delay < _least[_current])
            _least[_current] = delay;

        var least = delay;
        foreach (var minute in _least)
            least = minute < least ? minute : least;

        return delay - least;
    }

    private static TimeSpan[] Filled(int minutes)
    {
        var least = new TimeSpan[Math.Max(1, minutes)];
        Array.Fill(least, TimeSpan.MaxValue);
        return least;
    }
}
