using System.Buffers;
using Microsoft.Extensions.Logging;
using SpotifyCore.Storage.Cache.Checkpoints;
using SpotifyCore.Storage.Cache.Log;
using SpotifyCore.Storage.Cache.Logging;
using SpotifyCore.Storage.Cache.Presence;

namespace SpotifyCore.Storage.Cache;

/// <summary>Opens a cache's log from its newest usable checkpoint, or empty.</summary>
internal sealed class CacheRecovery(
    ChunkCacheOptions options, LogGeometry geometry, CheckpointStore store, ILogger logger)
{
    /// <summary>The log and the directory of what is in it; the checkpoint they come from, if any.</summary>
    public (ChunkLog Log, ChunkDirectory Directory, CacheCheckpoint? From) Open()
    {
        var usable = store.Usable().ToList();
        foreach (var checkpoint in usable)
        {
            if (TryOpen(checkpoint) is not var (log, directory))
                continue;

            // Newer checkpoints speak of a log that will be written over; older ones may still serve.
            store.DeleteAllBut([.. usable.Where(other => other.Number <= checkpoint.Number)]);
            return (log, directory, checkpoint);
        }

        store.DeleteAllBut([]);
        var empty = OpenLog();
        if (empty.Segments.Any)
            logger.LogBeginsEmpty(options.Directory);

        empty.Segments.Clear();
        return (empty, new ChunkDirectory(), null);
    }

    private (ChunkLog Log, ChunkDirectory Directory)? TryOpen(CacheCheckpoint checkpoint)
    {
        var log = OpenLog();
        try
        {
            log.Recover(checkpoint.Log);
            var directory = new ChunkDirectory();
            var first = geometry.StartOf(log.Segments.First);
            DirectorySnapshot.Read(store.SnapshotPath(checkpoint.Snapshot.Number), directory, first, log.TailAddress);
            AddFromLog(log, directory, Math.Max(first, checkpoint.ScanFrom));
            return (log, directory);
        }
#pragma warning disable CA1031 // FASTER throws bare exceptions; whatever it is, the next older checkpoint is tried.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            logger.LogCheckpointUnusable(checkpoint.Number, failure.Message);
            log.Dispose();
            return null;
        }
    }

    /// <summary>Adds the whole records from <paramref name="from"/> to the tail, page by page.</summary>
    private static void AddFromLog(ChunkLog log, ChunkDirectory directory, long from)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(LogGeometry.PageSize);
        var tail = log.TailAddress;
        for (var page = from >> LogGeometry.PageBits; page << LogGeometry.PageBits < tail; page++)
        {
            var start = page << LogGeometry.PageBits;
            var bytes = buffer.AsSpan(0, LogGeometry.PageSize);
            log.Segments.Read(log.Geometry.SegmentOf(start), bytes, log.Geometry.OffsetOf(start));
            var end = Math.Min(tail, start + LogGeometry.PageSize);
            var record = LogGeometry.RecordAtOrAfter(start);
            for (; record < end; record = LogGeometry.RecordAtOrAfter(record + 1))
            {
                if (RecordReader.TryRead(bytes.Slice((int)(record - start), LogGeometry.RecordSize), out var found))
                    directory.Set(found.Chunk, new ChunkPlace(record, found.Payload.Length));
            }
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    private ChunkLog OpenLog() => new(options.Directory, geometry, options.LogBytes, logger);
}
