using Microsoft.Extensions.Logging;

namespace SpotifyCore.Client.Running;

/// <summary>
/// What a client has under way off its loop: calls, connections, receiving. Counted, so that the client is not gone
/// before all of it has ended. Safe for many threads.
/// </summary>
internal sealed class BackgroundWork(ILogger logger)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _idle;
    private int _running;

    /// <summary>
    /// Begins something on the pool's threads. What it throws is logged: it tells its own ends otherwise.
    /// </summary>
    public void Run(Func<Task> work)
    {
        lock (_gate)
            _running++;

        _ = Task.Run(() => RunAsync(work));
    }

    /// <summary>Completes when nothing is under way any more.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            if (_running == 0)
                return Task.CompletedTask;

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    private async Task RunAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception unexpected)
        {
            ClientLog.WorkFailed(logger, work.Method.Name, unexpected);
        }

        lock (_gate)
        {
            if (--_running > 0)
                return;

            _idle?.SetResult();
            _idle = null;
        }
    }
}
