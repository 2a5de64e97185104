using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Storage.Cache;

namespace SpotifyCore.Micro.Storage;

/// <summary>
/// A put of a new chunk into a cache that is full, so that room is made all the time, checkpoints and all; beside
/// FASTER's upsert.
/// </summary>
[MemoryDiagnoser]
public class CacheInsertBenchmarks
{
    private const int Puts = 4_096;

    private ScratchDirectory _directory = null!;
    private FasterChunkCache _cache = null!;
    private MemoryChunkCache _memory = null!;
    private RawFaster _faster = null!;
    private int _next;

    [GlobalSetup]
    public void Setup()
    {
        _directory = new ScratchDirectory();
        _cache = FasterChunkCache.Open(
            new ChunkCacheOptions
            {
                Directory = _directory["cache"],
                DiskBytes = 512L << 20,
                MemoryBytes = 256L << 20,
                CheckpointSeconds = 3600,
            },
            NullLogger<FasterChunkCache>.Instance);
        _memory = new MemoryChunkCache(64L << 20);
        _faster = new RawFaster(_directory.Path, 64L << 20, count: 8_192);
        for (var i = 0; i < 40_000; i++)
        {
            _cache.PutAsync(Chunks.Id(_next), Chunks.Payload).Wait();
            _memory.PutAsync(Chunks.Id(_next++), Chunks.Payload).Wait();
        }
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _cache.DisposeAsync().Wait();
        _faster.Dispose();
        _directory.Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Puts)]
    public void Faster()
    {
        for (var i = 0; i < Puts; i++)
            _faster.Put(_next++, Chunks.Payload);
    }

    [Benchmark(OperationsPerInvoke = Puts)]
    public void ChunkCacheOnDisk()
    {
        for (var i = 0; i < Puts; i++)
        {
            var put = _cache.PutAsync(Chunks.Id(_next++), Chunks.Payload);
            if (!put.IsCompletedSuccessfully)
                put.Wait();
        }
    }

    [Benchmark(OperationsPerInvoke = Puts)]
    public void ChunkCacheInMemory()
    {
        for (var i = 0; i < Puts; i++)
            _memory.PutAsync(Chunks.Id(_next++), Chunks.Payload).Now();
    }
}
