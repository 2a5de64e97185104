using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Files;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Storage.Cache.Checkpoints;
using SpotifyCore.Storage.Cache.Log;
using SpotifyCore.Storage.Cache.Logging;
using SpotifyCore.Storage.Cache.Presence;

namespace SpotifyCore.Storage.Cache;

/// <summary>
/// A chunk cache on disk, on FASTER's hybrid log, with the chunks that are read most in memory besides the newest;
/// a hit in memory allocates nothing. It survives the end of the process, however it ends, but for the latest chunks
/// that no checkpoint holds, and never returns bytes that were not put. Call nothing while or after it is disposed.
/// </summary>
public sealed class FasterChunkCache : IChunkCache
{
    private readonly DirectoryLock _lock;
    private readonly ChunkDirectory _directory;
    private readonly ChunkReader _reader;
    private readonly ChunkWriter _writer;
    private readonly CacheMaintenance _maintenance;

    private FasterChunkCache(
        DirectoryLock directoryLock,
        ChunkDirectory directory,
        ChunkReader reader,
        ChunkWriter writer,
        CacheMaintenance maintenance)
    {
        _lock = directoryLock;
        _directory = directory;
        _reader = reader;
        _writer = writer;
        _maintenance = maintenance;
    }

    /// <inheritdoc/>
    public ChunkCacheUsage Usage => new(
        _directory.HeldBytes,
        _maintenance.SoftLimit / LogGeometry.RecordSize * Manifest.ChunkSize,
        _reader.Hits,
        _reader.Misses,
        _reader.Damaged,
        _maintenance.UnsavedBytes);

    /// <summary>
    /// Opens the cache in a directory, from its newest usable checkpoint; one whose checkpoints are all unusable
    /// begins empty.
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
        ChunkId chunk, Memory<byte> destination, CancellationToken cancellationToken = default) =>
        _reader.ReadAsync(chunk, destination, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>A chunk that is held already is not written again; it counts as read.</remarks>
    public ValueTask PutAsync(
        ChunkId chunk, ReadOnlyMemory<byte> sealedChunk, CancellationToken cancellationToken = default) =>
        _writer.PutAsync(chunk, sealedChunk, cancellationToken);

    /// <inheritdoc/>
    public int CopyPresence(FileId file, Span<ulong> present) => _directory.CopyPresence(file, present);

    /// <inheritdoc/>
    /// <exception cref="IOException">Some of it could not be written.</exception>
    public ValueTask FlushAsync(CancellationToken cancellationToken = default) =>
        new(_maintenance.SaveAsync(cancellationToken));

    /// <summary>Takes a last checkpoint and lets go of the directory.</summary>
    public async ValueTask DisposeAsync()
    {
        await _maintenance.DisposeAsync();
        _lock.Dispose();
    }

    private static FasterChunkCache Open(
        ChunkCacheOptions options, ILogger logger, DirectoryLock directoryLock, TimeProvider time)
    {
        var geometry = CacheFormat.ReadOrWrite(options);
        var store = new CheckpointStore(options.Directory, logger);
        var (log, directory, from) = new CacheRecovery(options, geometry, store, logger).Open();
        var appender = new ChunkAppender(log, directory);
        var checkpointer = new CacheCheckpointer(
            log, appender, directory, store, Math.Max(options.CheckpointBytes, options.DiskBytes / 32));
        if (from is not null)
            checkpointer.ContinueFrom(from);

        var hot = new MemoryChunkCache(options.HotBytes);
        var eviction = new CacheEviction(log, appender, directory, hot, options.DiskBytes);
        var maintenance = new CacheMaintenance(log, checkpointer, eviction, options, logger);
        var reader = new ChunkReader(log, directory, hot, logger);
        var writer = new ChunkWriter(log, directory, appender, maintenance);
        var cache = new FasterChunkCache(directoryLock, directory, reader, writer, maintenance);
        maintenance.Start(time);
        var usage = cache.Usage;
        logger.LogOpened(options.Directory, usage.HeldBytes, usage.LimitBytes);
        return cache;
    }
}
