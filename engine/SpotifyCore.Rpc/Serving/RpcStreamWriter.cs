using Google.Protobuf;

namespace SpotifyCore.Rpc.Serving;

/// <summary>Sends messages to the caller, one at a time.</summary>
public sealed class RpcStreamWriter<TResponse>
    where TResponse : class, IMessage<TResponse>
{
    private readonly RpcServerCall _call;

    internal RpcStreamWriter(RpcServerCall call) => _call = call;

    /// <summary>Sends one message; waits while the caller is slow.</summary>
    /// <exception cref="OperationCanceledException">The caller has gone, or its deadline has passed.</exception>
    public ValueTask WriteAsync(TResponse message, CancellationToken cancellationToken = default) =>
        _call.WriteAsync(message, cancellationToken);
}
