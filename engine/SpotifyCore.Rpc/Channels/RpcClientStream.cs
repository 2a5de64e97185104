using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Channels;

/// <summary>
/// A call in which many messages go there and one comes back. One writer at a time. Disposing it before the
/// reply calls it off on the server too.
/// </summary>
public sealed class RpcClientStream<TRequest, TResponse> : IAsyncDisposable
    where TRequest : class
    where TResponse : class
{
    /// <summary>Sends one message; done when the connection has taken it.</summary>
    /// <exception cref="RpcException">The call has ended.</exception>
    public ValueTask WriteAsync(TRequest message, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <summary>Says that there are no more messages and gets the reply.</summary>
    /// <exception cref="RpcException">The call ended with another status than OK.</exception>
    public Task<RpcReply<TResponse>> FinishAsync() => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
