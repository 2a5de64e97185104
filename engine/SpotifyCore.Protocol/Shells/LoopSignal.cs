using System.Threading.Tasks.Sources;

namespace SpotifyCore.Protocol.Shells;

/// <summary>
/// What the loop of a connection waits for when it has nothing to do: anybody may set it, one loop awaits it, and it
/// resets itself. Allocates nothing.
/// </summary>
internal sealed class LoopSignal : IValueTaskSource
{
    private const int Quiet = 0;
    private const int Raised = 1;
    private const int Awaited = 2;
    private ManualResetValueTaskSourceCore<bool> _core;
    private int _state;

    /// <summary>Lets the loop go on: at once on this thread when it waits, else when it next would.</summary>
    public void Set()
    {
        var seen = Volatile.Read(ref _state);
        while (seen != Raised)
        {
            var found = Interlocked.CompareExchange(ref _state, seen == Awaited ? Quiet : Raised, seen);
            if (found == seen)
            {
                if (seen == Awaited)
                    _core.SetResult(true);

                return;
            }

            seen = found;
        }
    }

    /// <summary>As <see cref="Set"/>, on a thread of the pool.</summary>
    public void SetFromPool() =>
        ThreadPool.UnsafeQueueUserWorkItem(static signal => signal.Set(), this, preferLocal: false);

    /// <summary>Waits for the next <see cref="Set"/>, or takes one that came since the last wait.</summary>
    public ValueTask WaitAsync()
    {
        _core.Reset();
        if (Interlocked.CompareExchange(ref _state, Awaited, Quiet) == Quiet)
            return new ValueTask(this, _core.Version);

        Volatile.Write(ref _state, Quiet);
        return ValueTask.CompletedTask;
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
