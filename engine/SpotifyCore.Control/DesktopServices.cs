using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SpotifyCore.Client;

namespace SpotifyCore.Control;

/// <summary>Puts a client and its control API into a host.</summary>
public static class DesktopServices
{
    /// <summary>
    /// Adds a <see cref="SpotifyClient"/>, started with its <see cref="SpotifyClientOptions"/> when the host starts,
    /// and stopped with it.
    /// </summary>
    public static IServiceCollection AddSpotifyClient(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<SpotifyClientOptions, SpotifyClientOptionsValidator>();
        services.AddSingleton<IValidateOptions<SpotifyClientOptions>, SpotifyClientOptionsCheck>();
        services.AddSingleton<ClientHost>();
        services.AddHostedService(provider => provider.GetRequiredService<ClientHost>());
        return services;
    }

    /// <summary>Adds the control API over that client, on the Unix socket of <see cref="ControlOptions"/>.</summary>
    public static IServiceCollection AddControlApi(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ControlOptions>, ControlOptionsCheck>();
        services.AddSingleton<ControlHost>();
        services.AddHostedService(provider => provider.GetRequiredService<ControlHost>());
        return services;
    }
}
