using System.Runtime.CompilerServices;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Storage.Cache.Log;
using SpotifyCore.Storage.Cache.Presence;

namespace SpotifyCore.Storage.Cache;

/// <summary>
/// Puts chunks at the end of the log, and waits, on no thread, while the disk is behind or room must be made. Safe for
/// many threads.
/// </summary>
internal sealed class ChunkWriter(
    ChunkLog log, ChunkDirectory directory, ChunkAppender appender, CacheMaintenance maintenance)
{
    /// <summary>As <see cref="IChunkCache.PutAsync"/>.</summary>
    public ValueTask PutAsync(
        ChunkId chunk, ReadOnlyMemory<byte> sealedChunk, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sealedChunk.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sealedChunk.Length, Manifest.ChunkSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(chunk.Index, ChunkDirectory.MaxChunks);
        if (directory.TryFindForReading(chunk, out _))
            return ValueTask.CompletedTask;

        if (log.IsBehind || maintenance.IsFull)
            return PutWhenPossibleAsync(chunk, sealedChunk, cancellationToken);

        Append(chunk, sealedChunk.Span);
        return ValueTask.CompletedTask;
    }

    private void Append(ChunkId chunk, ReadOnlySpan<byte> payload)
    {
        appender.Append(chunk, payload);
        maintenance.OnAppended();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask PutWhenPossibleAsync(
        ChunkId chunk, ReadOnlyMemory<byte> sealedChunk, CancellationToken cancellationToken)
    {
        while (log.IsBehind)
            await log.WhenSomeWrittenAsync().WaitAsync(cancellationToken);

        while (maintenance.IsFull)
            await maintenance.WhenRoomAsync(cancellationToken);

        Append(chunk, sealedChunk.Span);
    }
}
