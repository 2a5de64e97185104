using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Storage.Tests.Cache;
using SpotifyCore.Storage.Vault;
using SpotifyCore.Testing;

namespace SpotifyCore.Storage.Tests.Crash;

/// <summary>
/// The process that is killed: it stores without end and says on its output what has become durable.
/// </summary>
public static class CrashChild
{
    public const int VaultFileLength = 300_000;

    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["cache", var directory, "flush"]:
                await FillCacheAsync(directory, static cache => cache.FlushAsync().AsTask());
                return 0;
            case ["cache", var directory, "none"]:
                await FillCacheAsync(directory, static _ => Task.CompletedTask);
                return 0;
            case ["cache", var directory, "timer"]:
                await FillCacheInTimeAsync(directory);
                return 0;
            case ["cache", var directory, "paced"]:
                await FillCachePacedAsync(directory);
                return 0;
            case ["vault", var directory]:
                await FillVaultAsync(directory);
                return 0;
            default:
                return 2;
        }
    }

    public static ChunkCacheOptions CacheOptions(string directory) => new()
    {
        Directory = directory,
        DiskBytes = 96L << 20,
        MemoryBytes = 16L << 20,
        CheckpointSeconds = 1,
        CheckpointBytes = 4L << 20,
    };

    /// <summary>Only the end of an interval saves what was put, and time goes on when a file is whole.</summary>
    private static Task FillCacheInTimeAsync(string directory)
    {
        var clock = new ManualTimeProvider();
        var options = CacheOptions(directory);
        options.CheckpointBytes = options.DiskBytes;
        return FillCacheAsync(
            directory,
            cache => clock.AdvanceUntilAsync(Eventually.TrueAsync(() => cache.Usage.UnsavedBytes == 0)),
            options,
            clock);
    }

    private static async Task FillCacheAsync(
        string directory,
        Func<FasterChunkCache, Task> save,
        ChunkCacheOptions? options = null,
        TimeProvider? clock = null)
    {
        await using var cache = await FasterChunkCache.OpenAsync(
            options ?? CacheOptions(directory), NullLogger<FasterChunkCache>.Instance, clock);
        for (var file = 0; ; file++)
        {
            for (uint index = 0; index < 100; index++)
                await cache.PutAsync(TestChunks.Id(file, index), TestChunks.Bytes(TestChunks.Id(file, index)));

            await save(cache);
            Console.WriteLine(file);
        }
    }

    /// <summary>200 puts a second into a cache with the options of a host, each said with its time.</summary>
    private static async Task FillCachePacedAsync(string directory)
    {
        await using var cache = await FasterChunkCache.OpenAsync(
            new ChunkCacheOptions { Directory = directory }, NullLogger<FasterChunkCache>.Instance);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        var watch = Stopwatch.StartNew();
        for (uint put = 0; await pace.WaitForNextTickAsync(); put++)
        {
            await cache.PutAsync(TestChunks.Id(1, put), TestChunks.Bytes(TestChunks.Id(1, put)));
            Console.WriteLine(watch.ElapsedMilliseconds);
        }
    }

    private static async Task FillVaultAsync(string directory)
    {
        using var vault = new FileVault(new VaultOptions { Directory = directory }, NullLogger<FileVault>.Instance);
        for (var seed = 0; ; seed++)
        {
            var file = TestFile.Create(seed, VaultFileLength);
            await using var writer = (await vault.BeginAsync(file.Manifest))!;
            for (uint index = 0; index < file.Manifest.ChunkCount; index++)
                await writer.WriteAsync(index, file.Bytes(index));

            if (await writer.CommitAsync())
                Console.WriteLine(seed);
        }
    }
}
