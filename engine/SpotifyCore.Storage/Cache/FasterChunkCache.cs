using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Files;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Storage.Cache.Checkpoints;
using SpotifyCore.Storage.Cache.Log;
using SpotifyCore.Storage.Cache.Presence;

namespace SpotifyCore.Storage.Cache;

/// <summary>
/// A chunk cache on disk, on FASTER's hybrid log, with the chunks that are read most in memory besides the newest;
/// a hit
/// in memory allocates nothing. It survives the end of the process, however it ends, but for the latest chunks that
/// no checkpoint holds, and never
/// returns bytes that were not put. Call nothing while or after it is disposed.
/// </summary>
public sealed class FasterChunkCache : IChunkCache
{
    private readonly DirectoryLock _lock;
    private readonly ChunkLog _log;
    private readonly ChunkDirectory _directory;
    private readonly MemoryChunkCache _hot;
    private readonly CacheCheckpointer _checkpointer;
    private readonly CacheUpkeep _upkeep;
    private readonly ILogger _logger;
    private long _hits;
    private long _misses;
    private long _damaged;

    private FasterChunkCache(
        DirectoryLock directoryLock,
        (ChunkLog Log, ChunkDirectory Directory, MemoryChunkCache Hot) opened,
        CacheCheckpointer checkpointer,
        CacheUpkeep upkeep,
        ILogger logger)
    {
        _lock = directoryLock;
        (_log, _directory, _hot) = opened;
        _checkpointer = checkpointer;
        _upkeep = upkeep;
        _logger = logger;
    }

    /// <inheritdoc/>
    public ChunkCacheUsage Usage => new(
        _directory.HeldBytes,
        _upkeep.SoftLimit / LogGeometry.RecordSize * Manifest.ChunkSize,
        Volatile.Read(ref _hits),
        Volatile.Read(ref _misses),
        Volatile.Read(ref _damaged),
        _checkpointer.PendingBytes);

    /// <summary>
    /// Opens the cache in a directory, from its newest usable checkpoint; one whose checkpoints are all unusable
    /// begins
    /// empty.
    /// </summary>
    /// <exception cref="IOException">Another process has the directory, or it cannot be written.</exception>
    public static Task<FasterChunkCache> OpenAsync(
        ChunkCacheOptions options, ILogger<FasterChunkCache> logger, TimeProvider? time = null) =>
        Task.Run(() => Open(options, logger, time));

    /// <summary>As <see cref="OpenAsync"/>, on the calling thread.</summary>
    public static FasterChunkCache Open(
        ChunkCacheOptions options, ILogger<FasterChunkCache> logger, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(options.Directory);
        var directoryLock = DirectoryLock.Take(options.Directory);
        try
        {
            return Open(options, logger, directoryLock, time ?? TimeProvider.System);
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(
        ChunkId chunk, Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Manifest.ChunkSize);
        if (_hot.TryRead(chunk, destination.Span, out var length))
        {
            Interlocked.Increment(ref _hits);
            return new ValueTask<int>(length);
        }

        if (!_directory.TryFindForReading(chunk, out var place))
        {
            Interlocked.Increment(ref _misses);
            return new ValueTask<int>(0);
        }

        if (!_log.TryReadMemory(chunk, place, destination.Span))
            return ReadDiskAsync(chunk, place, destination, cancellationToken);

        // Read for the second time, it will be again.
        if (place.Reads > 0)
            _hot.Put(chunk, destination.Span[..place.Length]);

        Interlocked.Increment(ref _hits);
        return new ValueTask<int>(place.Length);
    }

    /// <inheritdoc/>
    /// <remarks>A chunk that is held already is not written again; it counts as read.</remarks>
    public ValueTask PutAsync(
        ChunkId chunk, ReadOnlyMemory<byte> sealedChunk, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sealedChunk.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sealedChunk.Length, Manifest.ChunkSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(chunk.Index, ChunkDirectory.MaxChunks);
        if (_directory.TryFindForReading(chunk, out _))
            return ValueTask.CompletedTask;

        if (_log.IsBehind || _upkeep.IsFull)
            return PutWhenPossibleAsync(chunk, sealedChunk, cancellationToken);

        Append(chunk, sealedChunk.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public int CopyPresence(FileId file, Span<ulong> present) => _directory.CopyPresence(file, present);

    /// <inheritdoc/>
    /// <exception cref="IOException">Some of it could not be written.</exception>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default) =>
        new(_checkpointer.TakeAsync(cancellationToken));

    /// <summary>Takes a last checkpoint and lets go of the directory.</summary>
    public async ValueTask DisposeAsync()
    {
        await _upkeep.DisposeAsync();
        try
        {
            await _checkpointer.TakeAsync(CancellationToken.None, last: true);
        }
        catch (IOException failure)
        {
            _logger.LogUpkeepFailed(failure);
        }

        _checkpointer.Dispose();
        _log.Dispose();
        _lock.Dispose();
    }

    private static FasterChunkCache Open(
        ChunkCacheOptions options, ILogger logger, DirectoryLock directoryLock, TimeProvider time)
    {
        var geometry = CacheFormat.ReadOrWrite(options);
        var store = new CheckpointStore(options.Directory, logger);
        var (log, directory, from) = new CacheRecovery(options, geometry, store, logger).Open();
        var checkpointer = new CacheCheckpointer(
            log, directory, store, Math.Max(options.CheckpointBytes, options.DiskBytes / 32));
        if (from is not null)
            checkpointer.ContinueFrom(from);

        var hot = new MemoryChunkCache(options.HotBytes);
        var eviction = new CacheEviction(log, directory, hot, options.DiskBytes, logger);
        var upkeep = new CacheUpkeep(log, checkpointer, eviction, options, logger);
        var cache = new FasterChunkCache(directoryLock, (log, directory, hot), checkpointer, upkeep, logger);
        upkeep.Start(time);
        var usage = cache.Usage;
        logger.LogOpened(options.Directory, usage.HeldBytes, usage.LimitBytes);
        return cache;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadDiskAsync(
        ChunkId chunk, ChunkPlace place, Memory<byte> destination, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await _log.TryReadDiskAsync(chunk, place, destination, cancellationToken))
            {
                _hot.Put(chunk, destination.Span[..place.Length]);
                break;
            }

            // Room may have been made meanwhile, and the chunk be gone or moved to where it is in memory.
            if (!_directory.TryFind(chunk, out var now) || now.Address == place.Address)
            {
                Drop(chunk, place);
                Interlocked.Increment(ref _misses);
                return 0;
            }

            place = now;
            if (_log.TryReadMemory(chunk, place, destination.Span))
                break;
        }

        Interlocked.Increment(ref _hits);
        return place.Length;
    }

    private void Drop(ChunkId chunk, ChunkPlace place)
    {
        if (!_directory.TryRemove(chunk, place))
            return;

        Interlocked.Increment(ref _damaged);
        _logger.LogDamaged(chunk);
    }

    private void Append(ChunkId chunk, ReadOnlySpan<byte> payload)
    {
        _directory.Set(chunk, _log.Append(chunk, payload));
        _upkeep.OnAppended();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask PutWhenPossibleAsync(
        ChunkId chunk, ReadOnlyMemory<byte> sealedChunk, CancellationToken cancellationToken)
    {
        while (_log.IsBehind)
            await _log.WhenSomeWrittenAsync().WaitAsync(cancellationToken);

        while (_upkeep.IsFull)
            await _upkeep.WhenRoomAsync(cancellationToken);

        Append(chunk, sealedChunk.Span);
    }
}
