using BenchmarkDotNet.Attributes;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sealing;
using SpotifyCore.Micro.Storage;

namespace SpotifyCore.Micro.Content;

/// <summary>What is done to every chunk: checked against its manifest once, unsealed once.</summary>
[MemoryDiagnoser]
public class ContentBenchmarks
{
    private readonly Manifest _manifest = Manifests.Of(256);
    private readonly byte[] _chunk = [.. Chunks.Payload];
    private ChunkSeal _seal = null!;
    private uint _next;

    [GlobalSetup]
    public void Setup() => _seal = new ChunkSeal(ContentKey.Read(Chunks.Payload.AsSpan(0, ContentKey.Size)));

    [GlobalCleanup]
    public void Cleanup() => _seal.Dispose();

    [Benchmark]
    public bool Verify() => ChunkVerifier.Matches(_manifest, _next++ % 256, Chunks.Payload);

    [Benchmark]
    public void Unseal() => _seal.Apply(_next++ % 256, _chunk);
}
