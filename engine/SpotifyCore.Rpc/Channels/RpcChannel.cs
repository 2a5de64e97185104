using System.Net;
using Google.Protobuf;
using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Wire;

namespace SpotifyCore.Rpc.Channels;

/// <summary>
/// Calls methods of one server over HTTP/2. It connects when it is first needed and again when the connection
/// broke. Any thread may call; calls run side by side. A call that can't reach the server throws
/// <see cref="RpcStatusCode.Unavailable"/>.
/// </summary>
public sealed class RpcChannel : IDisposable
{
    private const string UserAgent = "grpc-csharp-spotifycore/0.1";

    private readonly RpcChannelOptions _options;
    private readonly HttpMessageInvoker _http;
    private readonly Uri _base;
    private readonly CancellationTokenSource _closing = new();

    /// <summary>A channel; nothing is connected yet.</summary>
    /// <exception cref="ArgumentException">The address is none of the three kinds, or a pin has no TLS.</exception>
    public RpcChannel(RpcChannelOptions options)
    {
        var address = RpcAddress.Parse(options.Address);
        if (options.ServerId is not null && address.Kind != RpcAddressKind.Https)
            throw new ArgumentException("Only TLS proves a server's key.", nameof(options));

        _options = options;
        _base = new Uri(address.Kind == RpcAddressKind.Unix ? "http://localhost" : address.ToString());
        _http = new HttpMessageInvoker(RpcConnector.CreateHandler(address, options), disposeHandler: true);
    }

    /// <summary>
    /// Headers of every call made from now on, "authorization" for one. Replace it as a whole; what was set
    /// must not be changed any more.
    /// </summary>
    public RpcMetadata DefaultMetadata { get; set; } = RpcMetadata.Empty;

    /// <summary>Sends one message and gets one back.</summary>
    /// <exception cref="RpcException">The call ended with another status than OK.</exception>
    public async Task<TResponse> UnaryAsync<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, TRequest request, RpcCallOptions options = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        (await UnaryReplyAsync(method, request, options)).Message;

    /// <summary>As <see cref="UnaryAsync"/>, with the headers and trailers.</summary>
    /// <exception cref="RpcException">The call ended with another status than OK.</exception>
    public async Task<RpcReply<TResponse>> UnaryReplyAsync<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, TRequest request, RpcCallOptions options = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        await using var call = Start(method, RpcCallKind.Unary, request, options);
        return await call.ReadReplyAsync();
    }

    /// <summary>Sends one message; many come back. Failures are thrown where the messages are read.</summary>
    public RpcServerStream<TResponse> ServerStreaming<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, TRequest request, RpcCallOptions options = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        new(Start(method, RpcCallKind.ServerStreaming, request, options));

    /// <summary>Opens a call in which many messages go there and one comes back.</summary>
    public RpcClientStream<TRequest, TResponse> ClientStreaming<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, RpcCallOptions options = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        new(Start(method, RpcCallKind.ClientStreaming, null, options));

    /// <summary>Opens a call in which both sides send as many messages as they like.</summary>
    public RpcDuplexCall<TRequest, TResponse> Duplex<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, RpcCallOptions options = default)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        new(Start(method, RpcCallKind.Duplex, null, options));

    /// <summary>Calls the open calls off and closes the connection.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        _http.Dispose();
    }

    private RpcClientCall<TResponse> Start<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, RpcCallKind kind, TRequest? single, RpcCallOptions options)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        if (method.Kind != kind)
            throw new ArgumentException($"{method.Path} is {method.Kind}, not {kind}.", nameof(method));

        RpcRequestContent content = single is null
            ? new RpcStreamContent()
            : new RpcSingleContent(single, MessageWriter.Measure(single, _options.MaxMessageBytes));
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_base, method.Path))
        {
            Content = content,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        AddHeaders(request, options);
        var lifetime = new RpcCallLifetime(options, _options.Time, _closing.Token);
        return new RpcClientCall<TResponse>(
            _http, request, method.ResponseParser, lifetime, _options.MaxMessageBytes);
    }

    private void AddHeaders(HttpRequestMessage request, RpcCallOptions options)
    {
        request.Headers.TryAddWithoutValidation("te", "trailers");
        request.Headers.TryAddWithoutValidation("user-agent", UserAgent);
        request.Headers.TryAddWithoutValidation(GrpcHeaders.AcceptEncoding, GrpcHeaders.Identity);
        if (options.Timeout is { } timeout)
            request.Headers.TryAddWithoutValidation(GrpcHeaders.Timeout, GrpcTimeout.Format(timeout));

        Add(request, DefaultMetadata);
        Add(request, options.Metadata ?? RpcMetadata.Empty);
    }

    private static void Add(HttpRequestMessage request, RpcMetadata metadata)
    {
        foreach (var entry in metadata)
        {
            // A few names are HTTP's for bodies, and travel all the same.
            var value = MetadataText.Format(entry);
            if (!request.Headers.TryAddWithoutValidation(entry.Name, value))
                request.Content!.Headers.TryAddWithoutValidation(entry.Name, value);
        }
    }
}
