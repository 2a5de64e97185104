using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Tests.World;

/// <summary>Virtual time: what is due runs in order of time, then of asking.</summary>
public sealed class Clock
{
    private readonly PriorityQueue<Action, (long, long)> _due = new();
    private long _asked;

    public Instant Now { get; private set; } = new(TimeSpan.TicksPerSecond);

    public void At(Instant time, Action action) => _due.Enqueue(action, (Math.Max(time.Ticks, Now.Ticks), ++_asked));

    public void After(TimeSpan span, Action action) => At(Now + span, action);

    /// <summary>Runs until <paramref name="done"/>, nothing is due, or the time has come; true when done.</summary>
    public bool RunUntil(Func<bool> done, TimeSpan most)
    {
        var end = Now + most;
        for (var steps = 0; !done(); steps++)
        {
            Assert.True(steps < 5_000_000, "The world does not come to rest.");
            if (!_due.TryDequeue(out var action, out var due))
                return false;

            if (due.Item1 > end.Ticks)
            {
                _due.Enqueue(action, due);
                return false;
            }

            Now = new Instant(Math.Max(due.Item1, Now.Ticks));
            action();
        }

        return true;
    }

    /// <summary>Time passes in which nothing runs: what was due meanwhile is late.</summary>
    public void Sleep(TimeSpan span) => Now += span;

    public void Run(TimeSpan span)
    {
        var end = Now + span;
        var reached = false;
        At(end, () => reached = true);
        RunUntil(() => reached, span);
    }
}
