using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace SpotifyCore.Rpc.Calls;

/// <summary>
/// Makes <see cref="RpcMethod{TRequest, TResponse}"/> from generated descriptors. A name that the contract does
/// not have, another message type or another call kind throws <see cref="ArgumentException"/> at once.
/// </summary>
public static class RpcMethod
{
    /// <summary>A method with one message there and one back.</summary>
    public static RpcMethod<TRequest, TResponse> Unary<TRequest, TResponse>(
        FileDescriptor contract, string service, string method)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        new(Find(contract, service, method), RpcCallKind.Unary);

    /// <summary>A method with one message there and many back.</summary>
    public static RpcMethod<TRequest, TResponse> ServerStreaming<TRequest, TResponse>(
        FileDescriptor contract, string service, string method)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        new(Find(contract, service, method), RpcCallKind.ServerStreaming);

    /// <summary>A method with many messages there and one back.</summary>
    public static RpcMethod<TRequest, TResponse> ClientStreaming<TRequest, TResponse>(
        FileDescriptor contract, string service, string method)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        new(Find(contract, service, method), RpcCallKind.ClientStreaming);

    /// <summary>A method with many messages there and many back.</summary>
    public static RpcMethod<TRequest, TResponse> Duplex<TRequest, TResponse>(
        FileDescriptor contract, string service, string method)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        new(Find(contract, service, method), RpcCallKind.Duplex);

    internal static MethodDescriptor Find(ServiceDescriptor service, string method) =>
        service.FindMethodByName(method)
        ?? throw new ArgumentException($"{service.FullName} has no method '{method}'.", nameof(method));

    private static MethodDescriptor Find(FileDescriptor contract, string service, string method)
    {
        var descriptor = contract.FindTypeByName<ServiceDescriptor>(service)
            ?? throw new ArgumentException($"{contract.Name} has no service '{service}'.", nameof(service));
        return Find(descriptor, method);
    }
}
