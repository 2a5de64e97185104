using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Storage.Cache;

namespace SpotifyCore.Micro.Storage;

/// <summary>A read that finds nothing: unknown file, unknown chunk of a known one; and a file's presence.</summary>
[MemoryDiagnoser]
public class CacheMissBenchmarks
{
    private const int Count = 4_096;

    private readonly byte[] _destination = new byte[Manifest.ChunkSize];
    private readonly ulong[] _present = new ulong[4];
    private ScratchDirectory _directory = null!;
    private FasterChunkCache _cache = null!;
    private int _next;

    [GlobalSetup]
    public void Setup()
    {
        _directory = new ScratchDirectory();
        _cache = FasterChunkCache.Open(
            new ChunkCacheOptions { Directory = _directory["cache"], DiskBytes = 256L << 20 },
            NullLogger<FasterChunkCache>.Instance);
        for (var i = 0; i < Count; i++)
            _cache.PutAsync(Chunks.Id(i), Chunks.Payload).Wait();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _cache.DisposeAsync().Wait();
        _directory.Dispose();
    }

    [Benchmark]
    public int UnknownFile() => _cache.ReadAsync(Chunks.Id(Count + (_next++ & 0xFFFF)), _destination).Now();

    [Benchmark]
    public int UnknownChunk() =>
        _cache.ReadAsync(new ChunkId(Chunks.Id(_next++ % Count).File, 300), _destination).Now();

    [Benchmark]
    public int Presence() => _cache.CopyPresence(Chunks.Id(_next++ % Count).File, _present);
}
