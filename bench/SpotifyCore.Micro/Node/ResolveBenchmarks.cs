using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Core.Tiers;
using SpotifyCore.Micro.Storage;
using SpotifyCore.Node.Tiers;
using SpotifyCore.Storage.Cache;

namespace SpotifyCore.Micro.Node;

/// <summary>A storage node's read that its nearest tier answers: one chunk, and sixteen at once.</summary>
[MemoryDiagnoser]
public class ResolveBenchmarks
{
    private const int Count = 2_048;

    private readonly byte[] _destination = new byte[16 * Manifest.ChunkSize];
    private MemoryChunkCache _cache = null!;
    private TieredChunkSource _source = null!;
    private int _next;

    [Params(1, 16)]
    public int Range { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _cache = new MemoryChunkCache(64L << 20);
        for (var i = 0; i < Count; i++)
            _cache.PutAsync(Chunks.Id(i), Chunks.Payload).Now();

        var policy = new TierPolicy(Tier.Production, Timeout.InfiniteTimeSpan, IsLocal: true);
        var tiers = new NodeTiers([new CacheChunkSource(_cache)], new TierResolver(policy), kept: null);
        _source = new TieredChunkSource(
            tiers,
            new NoManifests(),
            new TieredChunkSourceOptions(),
            TimeProvider.System,
            NullLogger<TieredChunkSource>.Instance);
    }

    [GlobalCleanup]
    public void Cleanup() => _source.DisposeAsync().Wait();

    [Benchmark]
    public int Resolve()
    {
        var chunk = Chunks.Id(_next++ % Count);
        var first = chunk.Index / (uint)Range * (uint)Range;
        var request = new ChunkRequest(chunk.File, first, (uint)Range, RequestPriority.Playing, Instant.Never);
        return _source.ReadAsync(request, _destination).Now().Length;
    }

    private sealed class NoManifests : IManifestSource
    {
        public ValueTask<Manifest?> FindManifestAsync(FileId file, CancellationToken cancellationToken = default) =>
            new((Manifest?)null);
    }
}
