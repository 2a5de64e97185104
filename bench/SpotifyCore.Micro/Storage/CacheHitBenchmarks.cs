using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Storage.Cache;

namespace SpotifyCore.Micro.Storage;

/// <summary>
/// A hit in memory, at random in 256 MiB of chunks, beside FASTER itself and a file in the page cache.
/// </summary>
[MemoryDiagnoser]
public class CacheHitBenchmarks
{
    private const int Count = (256 << 20) / Manifest.ChunkSize;

    private readonly byte[] _destination = new byte[Manifest.ChunkSize];
    private readonly int[] _order = Chunks.Shuffled(Count);
    private ScratchDirectory _directory = null!;
    private FasterChunkCache _cache = null!;
    private MemoryChunkCache _memory = null!;
    private RawFaster _faster = null!;
    private SafeFileHandle _file = null!;
    private int _next;

    [GlobalSetup]
    public void Setup()
    {
        _directory = new ScratchDirectory();
        _cache = FasterChunkCache.Open(
            new ChunkCacheOptions
            {
                Directory = _directory["cache"],
                DiskBytes = 2L << 30,
                MemoryBytes = 640L << 20,
                CheckpointSeconds = 3600,
            },
            NullLogger<FasterChunkCache>.Instance);
        _memory = new MemoryChunkCache(512L << 20);
        _faster = new RawFaster(_directory.Path, 512L << 20, Count);
        _file = File.OpenHandle(_directory["file"], FileMode.Create, FileAccess.ReadWrite);
        for (var i = 0; i < Count; i++)
        {
            _cache.PutAsync(Chunks.Id(i), Chunks.Payload).Wait();
            _memory.PutAsync(Chunks.Id(i), Chunks.Payload).Wait();
            RandomAccess.Write(_file, Chunks.Payload, (long)i * Manifest.ChunkSize);
        }

        // What was read comes into memory.
        for (var i = 0; i < Count; i++)
            _cache.ReadAsync(Chunks.Id(i), _destination).Wait();

        if (!_faster.AllInMemory)
            throw new InvalidOperationException("The reference is not in memory.");
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _cache.DisposeAsync().Wait();
        _faster.Dispose();
        _file.Dispose();
        _directory.Dispose();
    }

    [Benchmark(Baseline = true)]
    public int Faster() => _faster.Read(Next(), _destination);

    [Benchmark]
    public int ChunkCacheOnDisk() => _cache.ReadAsync(Chunks.Id(Next()), _destination).Now();

    [Benchmark]
    public int ChunkCacheInMemory() => _memory.ReadAsync(Chunks.Id(Next()), _destination).Now();

    [Benchmark]
    public int PageCachedFile() => RandomAccess.Read(_file, _destination, (long)Next() * Manifest.ChunkSize);

    private int Next() => _order[_next++ % Count];
}
