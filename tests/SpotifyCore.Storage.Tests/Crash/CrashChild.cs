using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Storage.Tests.Cache;
using SpotifyCore.Storage.Vault;
using SpotifyCore.Testing;
using SpotifyCore.Testing.Power;

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
            case ["cache", var directory, "beside", var first]:
                await FillCacheBesideOthersAsync(directory, int.Parse(first, CultureInfo.InvariantCulture));
                return 0;
            case ["cache", var directory, "crowded"]:
                await FillCacheCrowdedAsync(directory);
                return 0;
            case ["vault", var directory]:
                await FillVaultAsync(directory);
                return 0;
            default:
                return await PowerLossScenario.RunAsync(args);
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

    /// <summary>
    /// Every thread that there may be puts, and as many more would, beside one checkpoint after another.
    /// </summary>
    private static async Task FillCacheCrowdedAsync(string directory)
    {
        ThreadPool.GetMaxThreads(out _, out var completionPorts);
        ThreadPool.SetMaxThreads(Environment.ProcessorCount, completionPorts);
        await using var cache = await FasterChunkCache.OpenAsync(
            CacheOptions(directory), NullLogger<FasterChunkCache>.Instance);
        async Task PutAsync(int file)
        {
            for (uint put = 0; ; put++)
            {
                await Task.Yield();
                var chunk = TestChunks.Id(file, put % 10_000);
                await cache.PutAsync(chunk, TestChunks.Bytes(chunk));
            }
        }

        foreach (var file in Enumerable.Range(0, 2 * Environment.ProcessorCount))
            _ = PutAsync(file);

        for (var round = 0; ; round++)
        {
            await cache.FlushAsync();
            Console.WriteLine(round);
        }
    }

    /// <summary>
    /// Files of a few chunks, each flushed and then said, while others are put all the time: as much as there is room
    /// for. No file is put into room that was another's.
    /// </summary>
    private static async Task FillCacheBesideOthersAsync(string directory, int first)
    {
        const int Others = 1_000_000;
        const uint OtherChunks = 10_000;
        var options = CacheOptions(directory);
        options.DiskBytes = 1L << 30;
        await using var cache = await FasterChunkCache.OpenAsync(options, NullLogger<FasterChunkCache>.Instance);
        _ = Task.Run(async () =>
        {
            for (uint put = 0; put < OtherChunks; put++)
            {
                var chunk = TestChunks.Id(Others + first, put);
                await cache.PutAsync(chunk, TestChunks.Bytes(chunk));
            }
        });
        for (var file = first; ; file++)
        {
            for (uint index = 0; index < 5; index++)
                await cache.PutAsync(TestChunks.Id(file, index), TestChunks.Bytes(TestChunks.Id(file, index)));

            await cache.FlushAsync();
            Console.WriteLine(file);
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
