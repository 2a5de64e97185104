using SpotifyCore.Content.Time;

namespace SpotifyCore.Simulation.Timing;

/// <summary>The time of a world, what is due in it, and the trace of what was.</summary>
internal sealed class VirtualTime
{
    private readonly EventQueue _queue = new();
    private readonly TraceHash _trace = new();

    /// <summary>The time.</summary>
    public Instant Now { get; private set; } = new(TimeSpan.TicksPerSecond);

    /// <summary>Events so far.</summary>
    public long Events { get; private set; }

    /// <summary>Events that wait.</summary>
    public int Waiting => _queue.Count;

    /// <summary>A hash over everything that happened, in order.</summary>
    public ulong Trace => _trace.Current;

    /// <summary>Has something happen to a target at a time, which must not be past.</summary>
    public void Push(long at, IDue target, int what, long value) => _queue.Push(at, target, what, value);

    /// <summary>Has something done at a time.</summary>
    public void At(Instant at, Action action) => Push(Math.Max(at.Ticks, Now.Ticks), new Call(action), 0, 0);

    /// <summary>Has something done after a time.</summary>
    public void After(TimeSpan span, Action action) => At(Now + span, action);

    /// <summary>Adds to the trace.</summary>
    public void Note(int who, int what, long value) => _trace.Add(Now.Ticks, who, what, value);

    /// <summary>
    /// Lets the next thing happen that is due until a time; false, and it is that time, when there is none.
    /// </summary>
    public bool TryStep(Instant until)
    {
        if (_queue.NextAt > until.Ticks)
        {
            Now = until;
            return false;
        }

        var due = _queue.Pop(out var at);
        Now = new Instant(at);
        if (due.Target.TraceId != IDue.Onlooker)
        {
            Events++;
            _trace.Add(at, due.Target.TraceId, due.What, due.Value);
        }

        due.Target.Due(due.What, due.Value);
        return true;
    }

    private sealed class Call(Action action) : IDue
    {
        public int TraceId => -2;

        public void Due(int what, long value) => action();
    }
}
