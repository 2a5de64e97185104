namespace SpotifyCore.Protocol.Serving;

/// <summary>
/// Counts whoever is inside, the listener included, and tells when the last has left. Safe for many threads.
/// </summary>
internal sealed class ServingCount
{
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _inside = 1;

    /// <summary>Completes once all have left.</summary>
    public Task Left => _left.Task;

    public void Enter() => Interlocked.Increment(ref _inside);

    public void Leave()
    {
        if (Interlocked.Decrement(ref _inside) == 0)
            _left.TrySetResult();
    }
}
