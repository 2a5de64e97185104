namespace SpotifyCore.Testing;

/// <summary>
/// A clock that a test moves. Timers fire, in order of their due times, on the thread that moves it; one that is armed
/// for now, by a thread that was slower than the test, fires on the pool at once, as the system's does. With
/// <see cref="AutoAdvance"/> a timer that is armed comes due at once, so whoever waits for time gets it.
/// </summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    // What a timer has set off crosses threads and sockets before it is answered.
    private static readonly TimeSpan Answer = TimeSpan.FromMilliseconds(250);

    private readonly object _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private long _ticks = TimeSpan.TicksPerDay;

    /// <summary>True when arming a timer moves the clock to its due time.</summary>
    public bool AutoAdvance { get; init; }

    /// <summary>How often a timer has fired.</summary>
    public int Fired { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on, firing what comes due on the way.</summary>
    public void Advance(TimeSpan span)
    {
        var end = GetTimestamp() + span.Ticks;
        while (Earliest(end) is { } timer)
            Fire(timer);

        Volatile.Write(ref _ticks, end);
    }

    /// <summary>Waits until some timer is armed and moves the clock to where it is due.</summary>
    public void AdvanceToNextTimer()
    {
        ManualTimer? timer;
        lock (_gate)
        {
            while ((timer = Earliest(long.MaxValue)) is null)
            {
                if (!Monitor.Wait(_gate, Patience))
                    throw new TimeoutException("Nobody waits for time to pass.");
            }
        }

        Fire(timer);
    }

    /// <summary>
    /// Moves the clock on, bit by bit, until something is done that other threads do as time passes: they may be
    /// late to arm their timers, which a single <see cref="Advance"/> would then have overtaken. Fails as it fails.
    /// </summary>
    public async Task AdvanceUntilAsync(Task done)
    {
        using var pause = new PeriodicTimer(Pause);
        while (!done.IsCompleted)
        {
            var fired = Fired;
            Advance(Step);
            await Task.WhenAny(done, Fired == fired ? pause.WaitForNextTickAsync().AsTask() : Task.Delay(Answer));
        }

        await done;
    }

    private ManualTimer? Earliest(long end)
    {
        lock (_gate)
        {
            ManualTimer? earliest = null;
            foreach (var timer in _timers)
            {
                if (timer.Due <= end && (earliest is null || timer.Due < earliest.Due))
                    earliest = timer;
            }

            return earliest;
        }
    }

    private void Fire(ManualTimer timer)
    {
        lock (_gate)
        {
            Volatile.Write(ref _ticks, Math.Max(_ticks, timer.Due));
            if (timer.Period > 0)
                timer.Due += timer.Period;
            else
                _timers.Remove(timer);
            Fired++;
        }

        timer.Callback();
    }

    private sealed class ManualTimer(ManualTimeProvider clock, Action callback) : ITimer
    {
        public Action Callback { get; } = callback;

        public long Due { get; set; }

        public long Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;

                Period = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks;
                Due = clock.GetTimestamp() + (dueTime > TimeSpan.Zero ? dueTime.Ticks : Period);
                if (dueTime > TimeSpan.Zero || Period > 0)
                    clock._timers.Add(this);

                Monitor.PulseAll(clock._gate);
            }

            if (dueTime <= TimeSpan.Zero)
                ThreadPool.QueueUserWorkItem(static fire => fire(), Callback, preferLocal: false);
            else if (clock.AutoAdvance)
                clock.Fire(this);

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
