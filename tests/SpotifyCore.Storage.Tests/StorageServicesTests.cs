using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Storage.Vault;
using SpotifyCore.Testing;

namespace SpotifyCore.Storage.Tests;

public sealed class StorageServicesTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task AddChunkCache_Configured_OpensTheCache()
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddChunkCache(options =>
            {
                options.Directory = _directory["cache"];
                options.DiskBytes = 64L << 20;
            })
            .BuildServiceProvider();

        var cache = services.GetRequiredService<IChunkCache>();
        Assert.Same(cache, services.GetRequiredService<IChunkCache>());
        Assert.InRange(cache.Usage.LimitBytes, 32L << 20, 64L << 20);
    }

    [Fact]
    public async Task AddFileVault_Configured_OpensTheVault()
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddFileVault(options => options.Directory = _directory["vault"])
            .BuildServiceProvider();

        Assert.Same(services.GetRequiredService<FileVault>(), services.GetRequiredService<IVault>());
    }

    [Theory]
    [InlineData("", 64L << 20, 32L << 20, 10)]
    [InlineData("x", 1L << 20, 32L << 20, 10)]
    [InlineData("x", 64L << 20, 1L << 20, 10)]
    [InlineData("x", 64L << 20, 32L << 20, 0)]
    public void AddChunkCache_BadOptions_AreRefused(string directory, long disk, long memory, int seconds)
    {
        using var services = new ServiceCollection()
            .AddChunkCache(options =>
            {
                (options.Directory, options.CheckpointSeconds) = (directory, seconds);
                (options.DiskBytes, options.MemoryBytes) = (disk, memory);
            })
            .BuildServiceProvider();

        Assert.Throws<OptionsValidationException>(
            () => services.GetRequiredService<IOptions<ChunkCacheOptions>>().Value);
    }

    [Fact]
    public void AddFileVault_BadOptions_AreRefused()
    {
        using var services = new ServiceCollection().AddFileVault().BuildServiceProvider();

        Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<VaultOptions>>().Value);
    }
}
