using System.Runtime.CompilerServices;
using Google.Protobuf;
using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Channels;

/// <summary>
/// The messages that come back from one call, in order, to be read by one reader. Disposing it before the end
/// calls the call off on the server too.
/// </summary>
public sealed class RpcServerStream<TResponse> : IAsyncDisposable
    where TResponse : class, IMessage<TResponse>
{
    private readonly RpcClientCall<TResponse> _call;

    internal RpcServerStream(RpcClientCall<TResponse> call) => _call = call;

    /// <summary>What the server sent after the last message; empty until that was read.</summary>
    public RpcMetadata Trailers => _call.Trailers;

    /// <summary>What the server sent before the first message.</summary>
    /// <exception cref="RpcException">The call failed before any came.</exception>
    public Task<RpcMetadata> GetHeadersAsync() => _call.GetHeadersAsync();

    /// <summary>The next message, or null after the last. Cancelling it calls the call off.</summary>
    /// <exception cref="RpcException">The call ended with another status than OK.</exception>
    public ValueTask<TResponse?> ReadAsync(CancellationToken cancellationToken = default) =>
        _call.ReadAsync(cancellationToken);

    /// <summary>The messages until the last; leaving the loop early calls the call off.</summary>
    /// <exception cref="RpcException">The call ended with another status than OK.</exception>
    public async IAsyncEnumerable<TResponse> ReadAllAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var call = _call;
        while (await call.ReadAsync(cancellationToken) is { } message)
            yield return message;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _call.DisposeAsync();
}
