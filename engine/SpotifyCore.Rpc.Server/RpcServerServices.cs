using Microsoft.Extensions.DependencyInjection;

namespace SpotifyCore.Rpc.Server;

/// <summary>Puts the server into a host.</summary>
public static class RpcServerServices
{
    /// <summary>
    /// Adds an <see cref="RpcServer"/> that serves every registered <see cref="Serving.RpcService"/>. Its options
    /// (<see cref="RpcServerOptions"/>) are checked at start.
    /// </summary>
    public static IServiceCollection AddRpcServer(this IServiceCollection services) => throw new NotSupportedException();
}
