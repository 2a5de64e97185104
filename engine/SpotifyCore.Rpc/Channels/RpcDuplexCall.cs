using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Channels;

/// <summary>
/// A call in which both sides send as many messages as they like: one writer and one reader at a time, side by
/// side. Disposing it before its end calls it off on the server too.
/// </summary>
public sealed class RpcDuplexCall<TRequest, TResponse> : IAsyncDisposable
    where TRequest : class
    where TResponse : class
{
    /// <summary>What the server sent before the first message.</summary>
    /// <exception cref="RpcException">The call failed before any came.</exception>
    public Task<RpcMetadata> GetHeadersAsync() => throw new NotSupportedException();

    /// <summary>What the server sent after the last message; empty until that was read.</summary>
    public RpcMetadata Trailers => throw new NotSupportedException();

    /// <summary>Sends one message; done when the connection has taken it.</summary>
    /// <exception cref="RpcException">The call has ended.</exception>
    public ValueTask WriteAsync(TRequest message, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <summary>Says that no more messages come; reading goes on.</summary>
    public ValueTask CompleteAsync() => throw new NotSupportedException();

    /// <summary>The next message, or null after the last.</summary>
    /// <exception cref="RpcException">The call ended with another status than OK.</exception>
    public ValueTask<TResponse?> ReadAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <summary>The messages until the last.</summary>
    /// <exception cref="RpcException">The call ended with another status than OK.</exception>
    public IAsyncEnumerable<TResponse> ReadAllAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
