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
    private readonly Dictionary<string, RpcHandler> _handlers = new(StringComparer.Ordinal);
    private Func<RpcServerCall, ValueTask> _gate = static _ => ValueTask.CompletedTask;

    /// <summary>
    /// Runs before every handler of the service, before a message is read: throws <see cref="RpcException"/> to
    /// refuse the call, or notes the caller in <see cref="RpcServerCall.Caller"/>.
    /// </summary>
    public RpcServiceBuilder Gate(Func<RpcServerCall, ValueTask> gate)
    {
        _gate = gate;
        return this;
    }

    /// <summary>Binds a method with one message there and one back.</summary>
    public RpcServiceBuilder Unary<TRequest, TResponse>(
        string method, Func<TRequest, RpcServerCall, Task<TResponse>> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        var bound = new RpcMethod<TRequest, TResponse>(RpcMethod.Find(descriptor, method), RpcCallKind.Unary);
        return Add(bound.Path, bound.Kind, async call =>
        {
            var request = await call.ReadSingleAsync(bound.RequestParser);
            await call.WriteLastAsync(await handler(request, call));
        });
    }

    /// <summary>Binds a method with one message there and many back.</summary>
    public RpcServiceBuilder ServerStreaming<TRequest, TResponse>(
        string method, Func<TRequest, RpcStreamWriter<TResponse>, RpcServerCall, Task> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        var bound = new RpcMethod<TRequest, TResponse>(
            RpcMethod.Find(descriptor, method), RpcCallKind.ServerStreaming);
        return Add(bound.Path, bound.Kind, async call =>
        {
            var request = await call.ReadSingleAsync(bound.RequestParser);
            await handler(request, new RpcStreamWriter<TResponse>(call), call);
        });
    }

    /// <summary>Binds a method with many messages there and one back.</summary>
    public RpcServiceBuilder ClientStreaming<TRequest, TResponse>(
        string method, Func<RpcStreamReader<TRequest>, RpcServerCall, Task<TResponse>> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        var bound = new RpcMethod<TRequest, TResponse>(
            RpcMethod.Find(descriptor, method), RpcCallKind.ClientStreaming);
        return Add(bound.Path, bound.Kind, async call =>
        {
            var reader = new RpcStreamReader<TRequest>(call, bound.RequestParser);
            await call.WriteLastAsync(await handler(reader, call));
        });
    }

    /// <summary>Binds a method with many messages there and many back.</summary>
    public RpcServiceBuilder Duplex<TRequest, TResponse>(
        string method, Func<RpcStreamReader<TRequest>, RpcStreamWriter<TResponse>, RpcServerCall, Task> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        var bound = new RpcMethod<TRequest, TResponse>(RpcMethod.Find(descriptor, method), RpcCallKind.Duplex);
        return Add(bound.Path, bound.Kind, call => handler(
            new RpcStreamReader<TRequest>(call, bound.RequestParser), new RpcStreamWriter<TResponse>(call), call));
    }

    /// <summary>The service.</summary>
    /// <exception cref="InvalidOperationException">Methods have no handler; the message names them.</exception>
    public RpcService Build()
    {
        var missing = descriptor.Methods.Where(method => !_handlers.ContainsKey(PathOf(method))).ToList();
        if (missing.Count > 0)
        {
            throw new InvalidOperationException(
                $"{descriptor.FullName} has methods without a handler: " +
                string.Join(", ", missing.Select(method => method.Name)));
        }

        return new RpcService(descriptor.FullName, new Dictionary<string, RpcHandler>(_handlers, _handlers.Comparer));
    }

    private static string PathOf(MethodDescriptor method) => $"/{method.Service.FullName}/{method.Name}";

    private RpcServiceBuilder Add(string path, RpcCallKind kind, Func<RpcServerCall, Task> runAsync)
    {
        var added = _handlers.TryAdd(path, new RpcHandler(kind, async call =>
        {
            await _gate(call);
            await runAsync(call);
        }));

        return added ? this : throw new ArgumentException($"{path} has a handler already.");
    }
}
