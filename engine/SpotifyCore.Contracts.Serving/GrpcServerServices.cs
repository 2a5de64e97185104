using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SpotifyCore.Contracts.Serving;

/// <summary>Puts the server into a host.</summary>
public static class GrpcServerServices
{
    /// <summary>
    /// Adds a <see cref="GrpcServer"/> that serves every registered <see cref="ServedService"/>. Its options
    /// (<see cref="GrpcServerOptions"/>) are checked at start.
    /// </summary>
    public static IServiceCollection AddGrpcServer(this IServiceCollection services)
    {
        services.AddOptions<GrpcServerOptions>().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IValidateOptions<GrpcServerOptions>, GrpcServerOptionsValidator>();
        services.TryAddSingleton<GrpcServer>();
        services.AddHostedService(provider => provider.GetRequiredService<GrpcServer>());
        return services;
    }
}
