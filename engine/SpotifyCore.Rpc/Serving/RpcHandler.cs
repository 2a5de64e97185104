using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Serving;

/// <summary>One method with what runs it: reads the messages, calls the service's code, writes what it says.</summary>
internal sealed record RpcHandler(RpcCallKind Kind, Func<RpcServerCall, Task> RunAsync)
{
    /// <summary>Whether the request is one message, there at once.</summary>
    public bool IsSingleRequest => Kind is RpcCallKind.Unary or RpcCallKind.ServerStreaming;
}
