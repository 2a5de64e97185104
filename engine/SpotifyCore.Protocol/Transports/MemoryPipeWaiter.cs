using System.Threading.Tasks.Sources;

namespace SpotifyCore.Protocol.Transports;

/// <summary>
/// What one side of a <see cref="MemoryPipe"/> awaits, again and again. It goes on through the thread pool, as a socket
/// would, so that neither side ever runs inside the other's call.
/// </summary>
internal sealed class MemoryPipeWaiter : IValueTaskSource<int>, IThreadPoolWorkItem
{
    private ManualResetValueTaskSourceCore<int> _core;
    private int _result;
    private Exception? _error;

    /// <summary>True from <see cref="WaitAsync"/> to <see cref="Complete"/>.</summary>
    public bool IsWaiting { get; private set; }

    public ValueTask<int> WaitAsync()
    {
        _core.Reset();
        IsWaiting = true;
        return new ValueTask<int>(this, _core.Version);
    }

    public void Complete(int result, Exception? error)
    {
        IsWaiting = false;
        _result = result;
        _error = error;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (_error is { } error)
            _core.SetException(error);
        else
            _core.SetResult(_result);
    }

    int IValueTaskSource<int>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
