using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Storage.Cache;
using SpotifyCore.Storage.Vault;

namespace SpotifyCore.Micro.Storage;

/// <summary>A read from files that are in the page cache: by the chunk cache, by FASTER itself, by the vault.</summary>
[MemoryDiagnoser]
public class DiskHitBenchmarks
{
    private const int Count = (128 << 20) / Manifest.ChunkSize;

    private readonly byte[] _destination = new byte[Manifest.ChunkSize];
    private readonly int[] _order = Chunks.Shuffled(Count);
    private ScratchDirectory _directory = null!;
    private FasterChunkCache _cache = null!;
    private RawFaster _faster = null!;
    private FileVault _vault = null!;
    private FileId _file;
    private int _next;

    [GlobalSetup]
    public void Setup()
    {
        _directory = new ScratchDirectory();
        _cache = FasterChunkCache.Open(
            new ChunkCacheOptions { Directory = _directory["cache"], DiskBytes = 512L << 20, MemoryBytes = 16L << 20 },
            NullLogger<FasterChunkCache>.Instance);
        for (var i = 0; i < Count; i++)
            _cache.PutAsync(Chunks.Id(i), Chunks.Payload).Wait();

        _faster = new RawFaster(_directory.Path, 256L << 20, Count);
        _faster.EvictFromMemory();
        _vault = new FileVault(new VaultOptions { Directory = _directory["vault"] }, NullLogger<FileVault>.Instance);
        _file = StoreFile();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _cache.DisposeAsync().Wait();
        _faster.Dispose();
        _vault.Dispose();
        _directory.Dispose();
    }

    [Benchmark(Baseline = true)]
    public int Faster() => _faster.Read(Next(), _destination);

    [Benchmark]
    public ValueTask<int> ChunkCacheOnDisk() => _cache.ReadAsync(Chunks.Id(Next()), _destination);

    [Benchmark]
    public ValueTask<ChunkReadResult> Vault() => _vault.ReadAsync(
        new ChunkRequest(_file, (uint)Next() % 256, 1, RequestPriority.Playing, Instant.Never), _destination);

    private int Next() => _order[_next++ % Count];

    private FileId StoreFile()
    {
        var manifest = Manifests.Of(256);
        var writer = _vault.BeginAsync(manifest).Now()!;
        for (uint i = 0; i < manifest.ChunkCount; i++)
            writer.WriteAsync(i, Chunks.Payload).Wait();

        writer.CommitAsync().Wait();
        writer.DisposeAsync().Wait();
        return manifest.File;
    }
}
