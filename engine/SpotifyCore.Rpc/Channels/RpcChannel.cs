using Google.Protobuf;
using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Channels;

/// <summary>
/// Calls methods of one server over one HTTP/2 connection, made when it is first needed and again when it broke.
/// Any thread may call; calls run side by side. A call that can't reach the server throws
/// <see cref="RpcStatusCode.Unavailable"/>.
/// </summary>
public sealed class RpcChannel : IDisposable
{
    /// <summary>A channel; nothing is connected yet.</summary>
    /// <exception cref="ArgumentException">The address is none of the three kinds.</exception>
    public RpcChannel(RpcChannelOptions options)
    {
        throw new NotSupportedException();
    }

    /// <summary>
    /// Headers of every call made from now on, "authorization" for one. Replace it as a whole; what was set
    /// must not be changed any more.
    /// </summary>
    public RpcMetadata DefaultMetadata { get; set; } = RpcMetadata.Empty;

    /// <summary>Sends one message and gets one back.</summary>
    /// <exception cref="RpcException">The call ended with another status than OK.</exception>
    public Task<TResponse> UnaryAsync<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, TRequest request, RpcCallOptions options = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        throw new NotSupportedException();

    /// <summary>As <see cref="UnaryAsync"/>, with the headers and trailers.</summary>
    /// <exception cref="RpcException">The call ended with another status than OK.</exception>
    public Task<RpcReply<TResponse>> UnaryReplyAsync<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, TRequest request, RpcCallOptions options = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        throw new NotSupportedException();

    /// <summary>Sends one message; many come back. Failures are thrown where the messages are read.</summary>
    public RpcServerStream<TResponse> ServerStreaming<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, TRequest request, RpcCallOptions options = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        throw new NotSupportedException();

    /// <summary>Opens a call in which many messages go there and one comes back.</summary>
    public RpcClientStream<TRequest, TResponse> ClientStreaming<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, RpcCallOptions options = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        throw new NotSupportedException();

    /// <summary>Opens a call in which both sides send as many messages as they like.</summary>
    public RpcDuplexCall<TRequest, TResponse> Duplex<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, RpcCallOptions options = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        throw new NotSupportedException();

    /// <summary>Closes the connection; open calls throw.</summary>
    public void Dispose()
    {
    }
}
