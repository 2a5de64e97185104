using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using SpotifyCore.Client.Running;
using SpotifyCore.Core.Events;

namespace SpotifyCore.Client.Running;

/// <summary>
/// The one loop of a client: does posted work one by one, so that the core and the tables around it need no locks.
/// Posting allocates nothing in the steady state. Work is bounded by what posts it: a connection, a slot of memory,
/// a play each have at most one or two pieces of work under way.
/// </summary>
internal sealed class ClientLoop : IAsyncDisposable
{
    private readonly Channel<IWorkItem> _inbox =
        Channel.CreateUnbounded<IWorkItem>(new UnboundedChannelOptions { SingleReader = true });

    private readonly ILogger _logger;
    private Task _running = Task.CompletedTask;

    /// <summary>Makes a loop that does nothing before <see cref="Start"/>.</summary>
    public ClientLoop(ILogger logger) => _logger = logger;

    /// <summary>Begins to do what was and will be posted.</summary>
    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>
    /// Has something done, after what was posted before; from any thread. Ignored once the loop has ended.
    /// </summary>
    public void Post(IWorkItem work) => _inbox.Writer.TryWrite(work);

    /// <summary>Has an event handed over, after what was posted before; from any thread.</summary>
    public void Post<TEvent>(ClientRuntime runtime, in TEvent occurred)
        where TEvent : struct, IClientEvent => Post(new EventWorkItem<TEvent>(runtime, occurred));

    /// <summary>Has a function called on the loop and brings back what it returns or throws.</summary>
    /// <exception cref="ObjectDisposedException">The loop has ended.</exception>
    public Task<T> CallAsync<T>(Func<T> function)
    {
        var call = new LoopCall<T>(function);
        ObjectDisposedException.ThrowIf(!_inbox.Writer.TryWrite(call), this);
        return call.Result;
    }

    /// <summary>As <see cref="CallAsync{T}"/>, for a function that returns nothing.</summary>
    public Task CallAsync(Action action) => CallAsync(() =>
    {
        action();
        return true;
    });

    /// <summary>Does what is posted already, then ends. Not to be called from the loop.</summary>
    public async ValueTask DisposeAsync()
    {
        _inbox.Writer.TryComplete();
        await _running;
    }

    private async Task RunAsync()
    {
        var reader = _inbox.Reader;
        while (await reader.WaitToReadAsync())
        {
            while (reader.TryRead(out var work))
                Run(work);
        }
    }

    private void Run(IWorkItem work)
    {
        try
        {
            work.Run();
        }
        catch (Exception unexpected)
        {
            // One broken piece of work must not silence the listener: what it was about fails by its own timeout.
            ClientLog.WorkFailed(_logger, work.GetType().Name, unexpected);
        }
    }
}
