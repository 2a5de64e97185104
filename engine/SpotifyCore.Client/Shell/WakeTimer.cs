using SpotifyCore.Content.Time;

namespace SpotifyCore.Client.Shell;

/// <summary>Has work done on the loop at a time that may change; one timer, no allocation a change.</summary>
internal sealed class WakeTimer : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    /// <summary>Makes a timer that is not set.</summary>
    public WakeTimer(ClientLoop loop, ILoopWork work, TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => loop.Post(work), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sets the time, in place of the one set before.</summary>
    public void WakeAt(Instant at)
    {
        if (at == Instant.Never)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        // Timers count whole milliseconds; waking early would only ask for the same time again.
        var milliseconds = Math.Clamp(Math.Ceiling((at - _time.GetInstant()).TotalMilliseconds), 0, int.MaxValue);
        _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();
}
