using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Storage.Cache.Log;
using SpotifyCore.Storage.Cache.Logging;
using SpotifyCore.Storage.Cache.Presence;

namespace SpotifyCore.Storage.Cache;

/// <summary>
/// Reads chunks from where they are: the hot ones in memory, the log in memory, its files. What is damaged there is
/// dropped. Safe for many threads; a hit in memory allocates nothing and never waits.
/// </summary>
internal sealed class ChunkReader(ChunkLog log, ChunkDirectory directory, MemoryChunkCache hot, ILogger logger)
{
    private long _hits;
    private long _misses;
    private long _damaged;

    /// <summary>Reads that found their chunk.</summary>
    public long Hits => Volatile.Read(ref _hits);

    /// <summary>Reads that did not.</summary>
    public long Misses => Volatile.Read(ref _misses);

    /// <summary>Chunks that were dropped.</summary>
    public long Damaged => Volatile.Read(ref _damaged);

    /// <summary>As <see cref="IChunkCache.ReadAsync"/>.</summary>
    public ValueTask<int> ReadAsync(ChunkId chunk, Memory<byte> destination, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Manifest.ChunkSize);
        if (hot.TryRead(chunk, destination.Span, out var length))
        {
            Interlocked.Increment(ref _hits);
            return new ValueTask<int>(length);
        }

        if (!directory.TryFindForReading(chunk, out var place))
        {
            Interlocked.Increment(ref _misses);
            return new ValueTask<int>(0);
        }

        if (!log.TryReadMemory(chunk, place, destination.Span))
            return ReadDiskAsync(chunk, place, destination, cancellationToken);

        // Read for the second time, it will be again.
        if (place.Reads > 0)
            hot.Put(chunk, destination.Span[..place.Length]);

        Interlocked.Increment(ref _hits);
        return new ValueTask<int>(place.Length);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadDiskAsync(
        ChunkId chunk, ChunkPlace place, Memory<byte> destination, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await log.TryReadDiskAsync(chunk, place, destination, cancellationToken))
            {
                hot.Put(chunk, destination.Span[..place.Length]);
                break;
            }

            // Room may have been made meanwhile, and the chunk be gone or moved to where it is in memory.
            if (!directory.TryFind(chunk, out var now) || now.Address == place.Address)
            {
                Drop(chunk, place);
                Interlocked.Increment(ref _misses);
                return 0;
            }

            place = now;
            if (log.TryReadMemory(chunk, place, destination.Span))
                break;
        }

        Interlocked.Increment(ref _hits);
        return place.Length;
    }

    private void Drop(ChunkId chunk, ChunkPlace place)
    {
        if (!directory.TryRemove(chunk, place))
            return;

        Interlocked.Increment(ref _damaged);
        logger.LogDamaged(chunk);
    }
}
