using Microsoft.Extensions.DependencyInjection;

namespace SpotifyCore.Playback.Playing;

/// <summary>Wires the player's options into a host.</summary>
public static class PlayerServices
{
    /// <summary>Adds <see cref="PlayerOptions"/>, checked when the host starts.</summary>
    public static IServiceCollection AddPlayerOptions(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<PlayerOptions, PlayerOptionsValidator>();
        return services;
    }
}
