using System.Threading.Tasks.Sources;

namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>
/// What the loop of a connection waits for when it has nothing to do: anybody may set it, one loop awaits it, and it
/// resets itself. Allocates nothing.
/// </summary>
internal sealed class LoopSignal : IValueTaskSource, IThreadPoolWorkItem
{
    private const int Quiet = 0;
    private const int Raised = 1;
    private const int Awaited = 2;

    /// <summary>Steps of a turn; each receives and sends at most what a connection's memory takes.</summary>
    private const int StepsInTurn = 16;
    private ManualResetValueTaskSourceCore<bool> _core;
    private int _state;
    private int _steps;

    /// <summary>Lets the loop go on: at once on this thread when it waits, else when it next would.</summary>
    public void Set()
    {
        if (EndsWait())
            _core.SetResult(true);
    }

    /// <summary>As <see cref="Set"/>, but a loop that waits goes on on a thread of the pool.</summary>
    public void SetFromPool()
    {
        if (EndsWait())
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Waits for the next <see cref="Set"/>, or takes one that came since the last wait.</summary>
    public ValueTask WaitAsync()
    {
        _core.Reset();
        if (Interlocked.CompareExchange(ref _state, Awaited, Quiet) == Quiet)
        {
            _steps = 0;
            return new ValueTask(this, _core.Version);
        }

        Volatile.Write(ref _state, Quiet);
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// For the loop, after each step that it need not wait for: true when it has taken so many in a row on a thread of
    /// the pool that it is to yield. A thread that serves several connections by itself sees to their turns itself.
    /// </summary>
    public bool EndsTurn()
    {
        if (++_steps < StepsInTurn)
            return false;

        _steps = 0;
        return Thread.CurrentThread.IsThreadPoolThread;
    }

    void IThreadPoolWorkItem.Execute() => _core.SetResult(true);

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <summary>True when the loop waits: whoever gets this must complete it.</summary>
    private bool EndsWait()
    {
        var seen = Volatile.Read(ref _state);
        while (seen != Raised)
        {
            var found = Interlocked.CompareExchange(ref _state, seen == Awaited ? Quiet : Raised, seen);
            if (found == seen)
                return seen == Awaited;

            seen = found;
        }

        return false;
    }
}
