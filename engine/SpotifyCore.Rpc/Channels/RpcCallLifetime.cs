using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Wire;

namespace SpotifyCore.Rpc.Channels;

/// <summary>Why a call may end before its time: its deadline, its caller's token, the end of its channel.</summary>
internal sealed class RpcCallLifetime : IDisposable
{
    // The longest that a cancellation source can wait for.
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _stop;
    private readonly TimeSpan? _timeout;
    private readonly TimeProvider _time;
    private readonly long _started;

    public RpcCallLifetime(RpcCallOptions options, TimeProvider time, CancellationToken closing)
    {
        _caller = options.Cancellation;
        _timeout = options.Timeout;
        _time = time;
        _started = time.GetTimestamp();
        _deadline = options.Timeout is { } timeout && timeout < LongestTimeout
            ? new CancellationTokenSource(timeout > TimeSpan.Zero ? timeout : TimeSpan.Zero, time)
            : new CancellationTokenSource();
        _stop = CancellationTokenSource.CreateLinkedTokenSource(_caller, _deadline.Token, closing);
        Token = _stop.Token;
    }

    /// <summary>Fires when the call is to end.</summary>
    public CancellationToken Token { get; }

    private bool IsLate => _timeout is { } timeout && _time.GetElapsedTime(_started) >= timeout;

    /// <summary>Calls the call off, unless it has ended.</summary>
    public void Stop()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended meanwhile.
        }
    }

    /// <summary>What a failure of the call means to its caller.</summary>
    public Exception Explain(Exception failure)
    {
        if (failure is RpcException answer && !(answer.Code == RpcStatusCode.Cancelled && IsLate))
            return answer;
        if (_caller.IsCancellationRequested)
            return new OperationCanceledException("The call was called off.", failure, _caller);
        if (_deadline.IsCancellationRequested)
            return DeadlineExceeded(failure);
        if (failure is OperationCanceledException or ObjectDisposedException)
            return new OperationCanceledException("The call was called off.", failure, Token);

        var status = FindReset(failure) is { } reset ? GrpcMapping.FromReset(reset) : RpcStatusCode.Unavailable;
        return status == RpcStatusCode.Cancelled && IsLate
            ? DeadlineExceeded(failure)
            : new RpcException(status, failure.Message, null, failure);
    }

    /// <summary>Stops the clock.</summary>
    public void Dispose()
    {
        _stop.Dispose();
        _deadline.Dispose();
    }

    private static RpcException DeadlineExceeded(Exception cause) =>
        new(RpcStatusCode.DeadlineExceeded, "The call was not done in time.", null, cause);

    private static long? FindReset(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpProtocolException protocol)
                return protocol.ErrorCode;
        }

        return null;
    }
}
