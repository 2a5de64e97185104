using System.Runtime.CompilerServices;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Tasks;
using SpotifyCore.Storage.Cache;

namespace SpotifyCore.Node.Tiers;

/// <summary>
/// A chunk cache as a source: gives what it holds of a range, up to the first gap. A hit in memory allocates nothing.
/// </summary>
public sealed class CacheChunkSource(IChunkCache cache, Tier tier = Tier.Production) : IChunkSource
{
    /// <inheritdoc/>
    public ValueTask<ChunkReadResult> ReadAsync(
        in ChunkRequest request, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        var length = 0;
        for (uint i = 0; i < request.Count; i++)
        {
            var chunk = new ChunkId(request.File, request.First + i);
            var read = cache.ReadAsync(chunk, destination[length..], cancellationToken);
            if (!read.TryTakeResult(out var got))
                return FinishAsync(read, request, i, destination, cancellationToken);

            length += got;
            if (got < Manifest.ChunkSize)
                break;
        }

        return new ValueTask<ChunkReadResult>(ResultOf(length));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ChunkReadResult> FinishAsync(
        ValueTask<int> pending,
        ChunkRequest request,
        uint at,
        Memory<byte> destination,
        CancellationToken cancellationToken)
    {
        var length = (int)at * Manifest.ChunkSize;
        var got = await pending;
        length += got;
        while (got == Manifest.ChunkSize && ++at < request.Count)
        {
            var chunk = new ChunkId(request.File, request.First + at);
            got = await cache.ReadAsync(chunk, destination[length..], cancellationToken);
            length += got;
        }

        return ResultOf(length);
    }

    private ChunkReadResult ResultOf(int length) =>
        length > 0 ? ChunkReadResult.Found(length, tier) : ChunkReadResult.NotFound;
}
