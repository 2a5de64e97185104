using System.Runtime.CompilerServices;
using SpotifyCore.Content.Identity;
using SpotifyCore.Storage.Cache;

namespace SpotifyCore.Client.Offline;

/// <summary>The cache, and beside it the files that are kept: what is in those is read from there.</summary>
/// <param name="cache">The cache; stays its owner's.</param>
/// <param name="files">The files that are kept.</param>
internal sealed class OfflineChunkCache(IChunkCache cache, OfflineFiles files) : IChunkCache
{
    /// <inheritdoc/>
    public ChunkCacheUsage Usage => cache.Usage;

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(
        ChunkId chunk, Memory<byte> destination, CancellationToken cancellationToken = default) => files.Holds(chunk.File)
            ? ReadKeptAsync(chunk, destination, cancellationToken)
            : cache.ReadAsync(chunk, destination, cancellationToken);

    /// <inheritdoc/>
    public ValueTask PutAsync(
        ChunkId chunk, ReadOnlyMemory<byte> sealedChunk, CancellationToken cancellationToken = default) =>
        cache.PutAsync(chunk, sealedChunk, cancellationToken);

    /// <inheritdoc/>
    public int CopyPresence(FileId file, Span<ulong> present)
    {
        var kept = files.CopyPresence(file, present);
        return kept > 0 ? kept : cache.CopyPresence(file, present);
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default) => cache.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // What a file does not give any more the cache may have.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadKeptAsync(ChunkId chunk, Memory<byte> destination, CancellationToken cancellationToken) =>
        await files.ReadAsync(chunk, destination, cancellationToken) is var read and > 0
            ? read
            : await cache.ReadAsync(chunk, destination, cancellationToken);
}
