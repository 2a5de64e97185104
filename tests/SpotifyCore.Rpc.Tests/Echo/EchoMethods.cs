using SpotifyCore.Rpc.Calls;
using SpotifyCore.Rpc.Tests.Contracts;

namespace SpotifyCore.Rpc.Tests.Echo;

public static class EchoMethods
{
    public static RpcMethod<EchoRequest, EchoReply> Say { get; } =
        RpcMethod.Unary<EchoRequest, EchoReply>(EchoReflection.Descriptor, "Echo", "Say");

    public static RpcMethod<EchoRequest, EchoReply> Count { get; } =
        RpcMethod.ServerStreaming<EchoRequest, EchoReply>(EchoReflection.Descriptor, "Echo", "Count");

    public static RpcMethod<EchoRequest, EchoReply> Collect { get; } =
        RpcMethod.ClientStreaming<EchoRequest, EchoReply>(EchoReflection.Descriptor, "Echo", "Collect");

    public static RpcMethod<EchoRequest, EchoReply> Chat { get; } =
        RpcMethod.Duplex<EchoRequest, EchoReply>(EchoReflection.Descriptor, "Echo", "Chat");

    public static RpcMethod<EchoRequest, EchoReply> Missing { get; } =
        RpcMethod.Unary<EchoRequest, EchoReply>(EchoReflection.Descriptor, "Missing", "Say");
}
