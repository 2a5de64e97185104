using SpotifyCore.Client.Running;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Client.Running;

/// <summary>
/// Has work done on the loop at a time that may change, never before it; one timer, no allocation a change. Set on the
/// loop.
/// </summary>
internal sealed class WakeTimer : IWakeTimer, IWorkItem, IDisposable
{
    private readonly IWorkItem _work;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private Instant _at = Instant.Never;

    /// <summary>Makes a timer that is not set.</summary>
    public WakeTimer(ClientLoop loop, IWorkItem work, TimeProvider time)
    {
        _work = work;
        _time = time;
        _timer = time.CreateTimer(_ => loop.Post(this), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The timer of a core.</summary>
    public static WakeTimer Of(ClientRuntime runtime, LoopContext context) =>
        new(context.Loop, new EventWorkItem<Woken>(runtime, default), context.Time);

    /// <inheritdoc/>
    public void WakeAt(Instant at)
    {
        _at = at;
        Arm();
    }

    /// <summary>The timer has fired; called on the loop.</summary>
    public void Run()
    {
        if (_at == Instant.Never)
            return;

        // Timers go by a coarser clock and may fire early, or have been set anew meanwhile: a wake that came early
        // would use up the time asked for, and no other would come.
        if (_time.GetInstant() < _at)
        {
            Arm();
            return;
        }

        _at = Instant.Never;
        _work.Run();
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Arm()
    {
        if (_at == Instant.Never)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        // Timers count whole milliseconds.
        var milliseconds = Math.Clamp(Math.Ceiling((_at - _time.GetInstant()).TotalMilliseconds), 0, int.MaxValue);
        _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }
}
