using Google.Protobuf;
using Google.Protobuf.Reflection;
using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Serving;

/// <summary>
/// Binds handlers to the methods of a generated service descriptor. A name that the contract does not have,
/// other message types, another call kind or a second handler throws <see cref="ArgumentException"/>; a method
/// left without a handler makes <see cref="Build"/> throw.
/// </summary>
/// <remarks>
/// A handler that throws <see cref="RpcException"/> chooses the status. Anything else that it throws is logged,
/// and its caller is told UNKNOWN and nothing more.
/// </remarks>
public sealed class RpcServiceBuilder(ServiceDescriptor descriptor)
{
    private readonly ServiceDescriptor _descriptor = descriptor;

    /// <summary>
    /// Runs before every handler of the service, before a message is read: throws <see cref="RpcException"/> to
    /// refuse the call, or notes the caller in <see cref="RpcServerCall.Caller"/>.
    /// </summary>
    public RpcServiceBuilder Gate(Func<RpcServerCall, ValueTask> gate) => throw new NotSupportedException();

    /// <summary>Binds a method with one message there and one back.</summary>
    public RpcServiceBuilder Unary<TRequest, TResponse>(
        string method, Func<TRequest, RpcServerCall, Task<TResponse>> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        throw new NotSupportedException();

    /// <summary>Binds a method with one message there and many back.</summary>
    public RpcServiceBuilder ServerStreaming<TRequest, TResponse>(
        string method, Func<TRequest, RpcStreamWriter<TResponse>, RpcServerCall, Task> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        throw new NotSupportedException();

    /// <summary>Binds a method with many messages there and one back.</summary>
    public RpcServiceBuilder ClientStreaming<TRequest, TResponse>(
        string method, Func<RpcStreamReader<TRequest>, RpcServerCall, Task<TResponse>> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        throw new NotSupportedException();

    /// <summary>Binds a method with many messages there and many back.</summary>
    public RpcServiceBuilder Duplex<TRequest, TResponse>(
        string method, Func<RpcStreamReader<TRequest>, RpcStreamWriter<TResponse>, RpcServerCall, Task> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        throw new NotSupportedException();

    /// <summary>The service.</summary>
    /// <exception cref="InvalidOperationException">Methods have no handler; the message names them.</exception>
    public RpcService Build() => throw new NotSupportedException();
}
