using Microsoft.Extensions.Logging;
using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Serving;

/// <summary>
/// Runs the calls of a server, whatever its transport: finds the method, keeps the deadline, turns what the
/// handler did into a status. Free-threaded.
/// </summary>
public sealed class RpcDispatcher
{
    // The longest that a cancellation source can wait for.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly Dictionary<string, RpcHandler> _handlers = new(StringComparer.Ordinal);
    private readonly int _maxMessageBytes;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>A dispatcher to some services.</summary>
    /// <exception cref="ArgumentException">Two services have the same name.</exception>
    public RpcDispatcher(IEnumerable<RpcService> services, int maxMessageBytes, TimeProvider time, ILogger logger)
    {
        _maxMessageBytes = maxMessageBytes;
        _time = time;
        _logger = logger;
        foreach (var (path, handler) in services.SelectMany(service => service.Handlers))
            _handlers.Add(path, handler);
    }

    /// <summary>Runs one call to its end; throws only when the transport fails while the end is sent.</summary>
    public async Task RunAsync(RpcExchange exchange)
    {
        var head = new RpcRequestHead();
        RpcException? refused = null;
        try
        {
            head.Read(exchange.RequestHeaders, _time.GetUtcNow());
        }
        catch (RpcException e)
        {
            refused = e;
        }

        if (!_handlers.TryGetValue(exchange.Path, out var handler))
            refused = new RpcException(RpcStatusCode.Unimplemented, $"There is no method {exchange.Path}.");

        if (refused is null)
            await RunAsync(exchange, head, handler!);
        else
            await new RpcServerCall(exchange, head, 0, default).FinishAsync(refused.Code, refused.Detail);
    }

    private async Task RunAsync(RpcExchange exchange, RpcRequestHead head, RpcHandler handler)
    {
        if (!handler.IsSingleRequest)
            exchange.ExpectPauses();

        using var deadline = head.Timeout is { } timeout
            ? new CancellationTokenSource(timeout < LongestTimeout ? timeout : LongestTimeout, _time)
            : new CancellationTokenSource();
        var stopping = handler.Kind == RpcCallKind.Unary ? CancellationToken.None : exchange.Stopping;
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(
            exchange.Aborted, deadline.Token, stopping);

        var call = new RpcServerCall(exchange, head, _maxMessageBytes, cancellation.Token);
        var (code, detail) = (RpcStatusCode.Ok, "");
        try
        {
            await handler.RunAsync(call);
        }
        catch (RpcException e)
        {
            (code, detail) = (e.Code, e.Detail);
            foreach (var entry in e.Trailers)
                call.Trailers.AddReceived(entry);
        }
        catch (Exception e)
        {
            (code, detail) = Explain(e, call, deadline.Token, stopping);
        }

        if (!exchange.Aborted.IsCancellationRequested)
            await call.FinishAsync(code, detail);
    }

    // What a handler that was called off throws is not its failure, whatever it is.
    private (RpcStatusCode Code, string Detail) Explain(
        Exception failure, RpcServerCall call, CancellationToken deadline, CancellationToken stopping)
    {
        if (deadline.IsCancellationRequested)
            return (RpcStatusCode.DeadlineExceeded, "The deadline has passed.");
        if (call.Cancellation.IsCancellationRequested || call.IsCallerGone)
        {
            return stopping.IsCancellationRequested
                ? (RpcStatusCode.Unavailable, "The server is stopping.")
                : (RpcStatusCode.Cancelled, "The call was called off.");
        }

        RpcLog.HandlerFailed(_logger, failure, call.Method);
        return (RpcStatusCode.Unknown, "The method failed.");
    }
}
