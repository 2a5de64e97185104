using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SpotifyCore.Storage.Vault;

/// <summary>Puts the vault on files among a host's services.</summary>
public static class VaultServices
{
    /// <summary>
    /// Adds <see cref="IVault"/>, opened when first asked for; its options are checked when the host starts.
    /// </summary>
    public static IServiceCollection AddFileVault(
        this IServiceCollection services, Action<VaultOptions>? configure = null)
    {
        services.AddOptions<VaultOptions>().ValidateOnStart();
        if (configure is not null)
            services.Configure(configure);

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<VaultOptions>, VaultOptionsValidator>());
        services.TryAddSingleton(static provider => new FileVault(
            provider.GetRequiredService<IOptions<VaultOptions>>().Value,
            provider.GetRequiredService<ILogger<FileVault>>()));
        services.TryAddSingleton<IVault>(static provider => provider.GetRequiredService<FileVault>());
        return services;
    }
}
