using System.Runtime.CompilerServices;
using Google.Protobuf;
using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Channels;

/// <summary>
/// A call in which both sides send as many messages as they like: one writer and one reader at a time, side by
/// side. Disposing it before its end calls it off on the server too.
/// </summary>
public sealed class RpcDuplexCall<TRequest, TResponse> : IAsyncDisposable
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    private readonly RpcClientCall<TResponse> _call;

    internal RpcDuplexCall(RpcClientCall<TResponse> call) => _call = call;

    /// <summary>What the server sent after the last message; empty until that was read.</summary>
    public RpcMetadata Trailers => _call.Trailers;

    /// <summary>What the server sent before the first message.</summary>
    /// <exception cref="RpcException">The call failed before any came.</exception>
    public Task<RpcMetadata> GetHeadersAsync() => _call.GetHeadersAsync();

    /// <summary>
    /// Sends one message; done when the connection has taken it. Cancelling it calls the call off. When the
    /// server has ended the call, reading tells how.
    /// </summary>
    /// <exception cref="RpcException">The call has ended.</exception>
    public ValueTask WriteAsync(TRequest message, CancellationToken cancellationToken = default) =>
        _call.WriteAsync(message, cancellationToken);

    /// <summary>Says that no more messages come; reading goes on.</summary>
    public ValueTask CompleteAsync()
    {
        _call.CompleteWriting();
        return ValueTask.CompletedTask;
    }

    /// <summary>The next message, or null after the last. Cancelling it calls the call off.</summary>
    /// <exception cref="RpcException">The call ended with another status than OK.</exception>
    public ValueTask<TResponse?> ReadAsync(CancellationToken cancellationToken = default) =>
        _call.ReadAsync(cancellationToken);

    /// <summary>The messages until the last; leaving the loop early leaves the call open.</summary>
    /// <exception cref="RpcException">The call ended with another status than OK.</exception>
    public async IAsyncEnumerable<TResponse> ReadAllAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await ReadAsync(cancellationToken) is { } message)
            yield return message;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _call.DisposeAsync();
}
