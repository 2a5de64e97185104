using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SpotifyCore.Rpc.Server;

/// <summary>Puts the server into a host.</summary>
public static class RpcServerServices
{
    /// <summary>
    /// Adds an <see cref="RpcServer"/> that serves every registered <see cref="Serving.RpcService"/>. Its options
    /// (<see cref="RpcServerOptions"/>) are checked at start.
    /// </summary>
    public static IServiceCollection AddRpcServer(this IServiceCollection services)
    {
        services.AddOptions<RpcServerOptions>().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IValidateOptions<RpcServerOptions>, RpcServerOptionsValidator>();
        services.TryAddSingleton<RpcServer>();
        services.AddHostedService(provider => provider.GetRequiredService<RpcServer>());
        return services;
    }
}
