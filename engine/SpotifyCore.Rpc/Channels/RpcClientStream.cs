using Google.Protobuf;
using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Channels;

/// <summary>
/// A call in which many messages go there and one comes back. One writer at a time. Disposing it before the
/// reply calls it off on the server too.
/// </summary>
public sealed class RpcClientStream<TRequest, TResponse> : IAsyncDisposable
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    private readonly RpcClientCall<TResponse> _call;

    internal RpcClientStream(RpcClientCall<TResponse> call) => _call = call;

    /// <summary>
    /// Sends one message; done when the connection has taken it. Cancelling it calls the call off. When the
    /// server has ended the call early, <see cref="FinishAsync"/> tells how.
    /// </summary>
    /// <exception cref="RpcException">The call has ended.</exception>
    public ValueTask WriteAsync(TRequest message, CancellationToken cancellationToken = default) =>
        _call.WriteAsync(message, cancellationToken);

    /// <summary>Says that there are no more messages and gets the reply.</summary>
    /// <exception cref="RpcException">The call ended with another status than OK.</exception>
    public Task<RpcReply<TResponse>> FinishAsync()
    {
        _call.CompleteWriting();
        return _call.ReadReplyAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _call.DisposeAsync();
}
