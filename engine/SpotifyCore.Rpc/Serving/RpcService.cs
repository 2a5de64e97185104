namespace SpotifyCore.Rpc.Serving;

/// <summary>A service with a handler for each of its methods. Made by <see cref="RpcServiceBuilder"/>.</summary>
public sealed class RpcService
{
    internal RpcService(string name, IReadOnlyDictionary<string, RpcHandler> handlers)
    {
        Name = name;
        Handlers = handlers;
    }

    /// <summary>Name with package, as on the wire.</summary>
    public string Name { get; }

    /// <summary>By path.</summary>
    internal IReadOnlyDictionary<string, RpcHandler> Handlers { get; }
}
