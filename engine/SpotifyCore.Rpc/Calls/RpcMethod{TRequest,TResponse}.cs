using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace SpotifyCore.Rpc.Calls;

/// <summary>One method of a contract: its path, its kind and its messages. Made by <see cref="RpcMethod"/>.</summary>
public sealed class RpcMethod<TRequest, TResponse>
    where TRequest : class, IMessage<TRequest>
    where TResponse : class, IMessage<TResponse>
{
    internal RpcMethod(MethodDescriptor descriptor, RpcCallKind kind)
    {
        if (KindOf(descriptor) != kind)
            throw new ArgumentException($"{descriptor.FullName} is {KindOf(descriptor)}, not {kind}.");

        Kind = kind;
        Name = descriptor.Name;
        Path = $"/{descriptor.Service.FullName}/{descriptor.Name}";
        RequestParser = ParserOf<TRequest>(descriptor, descriptor.InputType);
        ResponseParser = ParserOf<TResponse>(descriptor, descriptor.OutputType);
    }

    /// <summary>The method's name in its service.</summary>
    public string Name { get; }

    /// <summary>Its path on the wire: "/package.Service/Method".</summary>
    public string Path { get; }

    /// <summary>How many messages each side sends.</summary>
    public RpcCallKind Kind { get; }

    internal MessageParser<TRequest> RequestParser { get; }

    internal MessageParser<TResponse> ResponseParser { get; }

    private static RpcCallKind KindOf(MethodDescriptor descriptor) =>
        (descriptor.IsClientStreaming, descriptor.IsServerStreaming) switch
        {
            (false, false) => RpcCallKind.Unary,
            (false, true) => RpcCallKind.ServerStreaming,
            (true, false) => RpcCallKind.ClientStreaming,
            (true, true) => RpcCallKind.Duplex,
        };

    private static MessageParser<T> ParserOf<T>(MethodDescriptor method, MessageDescriptor message)
        where T : class, IMessage<T> =>
        message.Parser as MessageParser<T>
        ?? throw new ArgumentException($"{method.FullName} speaks of {message.FullName}, not {typeof(T).Name}.");
}
