using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Channels;

/// <summary>
/// The messages that come back from one call, in order, to be read by one reader. Disposing it before the end
/// calls the call off on the server too.
/// </summary>
public sealed class RpcServerStream<TResponse> : IAsyncDisposable
    where TResponse : class
{
    /// <summary>What the server sent before the first message.</summary>
    /// <exception cref="RpcException">The call failed before any came.</exception>
    public Task<RpcMetadata> GetHeadersAsync() => throw new NotSupportedException();

    /// <summary>What the server sent after the last message; empty until that was read.</summary>
    public RpcMetadata Trailers => throw new NotSupportedException();

    /// <summary>The next message, or null after the last.</summary>
    /// <exception cref="RpcException">The call ended with another status than OK.</exception>
    public ValueTask<TResponse?> ReadAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <summary>The messages until the last; leaving the loop early calls the call off.</summary>
    /// <exception cref="RpcException">The call ended with another status than OK.</exception>
    public IAsyncEnumerable<TResponse> ReadAllAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
