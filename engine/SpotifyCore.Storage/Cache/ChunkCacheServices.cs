using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SpotifyCore.Storage.Cache;

/// <summary>Puts the chunk cache on disk among a host's services.</summary>
public static class ChunkCacheServices
{
    /// <summary>
    /// Adds <see cref="IChunkCache"/>, opened when first asked for; its options are checked when the host starts.
    /// </summary>
    public static IServiceCollection AddChunkCache(
        this IServiceCollection services, Action<ChunkCacheOptions>? configure = null)
    {
        services.AddOptions<ChunkCacheOptions>().ValidateOnStart();
        if (configure is not null)
            services.Configure(configure);

        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<ChunkCacheOptions>, ChunkCacheOptionsValidator>());
        services.TryAddSingleton<IChunkCache>(static provider => FasterChunkCache.Open(
            provider.GetRequiredService<IOptions<ChunkCacheOptions>>().Value,
            provider.GetRequiredService<ILogger<FasterChunkCache>>(),
            provider.GetService<TimeProvider>()));
        return services;
    }
}
