namespace SpotifyCore.Client.Listening;

/// <summary>Those who wait until nothing plays any more. Owned by the loop.</summary>
internal sealed class StopWaiters
{
    private readonly List<TaskCompletionSource> _waiters = [];

    /// <summary>One more waits.</summary>
    public Task WaitAsync()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiters.Add(stopped);
        return stopped.Task;
    }

    /// <summary>Nothing plays any more: all are told.</summary>
    public void Tell()
    {
        foreach (var waiter in _waiters)
            waiter.TrySetResult();

        _waiters.Clear();
    }
}
