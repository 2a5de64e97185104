using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Storage.Cache.Log;
using SpotifyCore.Storage.Cache.Presence;

namespace SpotifyCore.Storage.Cache;

/// <summary>
/// Lets go of the oldest segment of the log. Its chunks that were read since they were put go to the log's end
/// instead, unread again, the most read first. Over time at most half of what is let go of is kept so, that room is won
/// where everything is read; a quarter of the cache may be kept in a row.
/// </summary>
internal sealed class CacheEviction(
    ChunkLog log, ChunkAppender appender, ChunkDirectory directory, MemoryChunkCache hot, long diskBytes)
{
    private readonly byte[] _buffer = new byte[Manifest.ChunkSize];
    private int _next;
    private long _credit = diskBytes / 4;

    /// <summary>Empties the oldest segment; its file stays. One call at a time.</summary>
    /// <returns>The first segment that is still in use, and how many chunks were moved to the log's end.</returns>
    public async Task<(int First, int Kept)> EvictAsync(CancellationToken cancellationToken)
    {
        var next = _next = Math.Max(_next, log.Segments.First) + 1;
        var end = log.Geometry.StartOf(next);
        var sweep = new Sweep(directory, hot, end);
        directory.Visit(ref sweep);
        var kept = await KeepAsync(sweep.Read, cancellationToken);
        directory.DropEmptyFiles();
        log.ShiftBegin(end);
        return (next, kept);
    }

    private async Task<int> KeepAsync(List<(ChunkId Chunk, ChunkPlace Place)> read, CancellationToken cancellationToken)
    {
        _credit = Math.Min(_credit + (log.Geometry.SegmentSize / 2), diskBytes / 4);
        var room = (int)(_credit / LogGeometry.RecordSize);
        if (read.Count > room)
            read.Sort(static (one, other) => other.Place.Reads.CompareTo(one.Place.Reads));

        var kept = 0;
        foreach (var (chunk, place) in read)
        {
            if (kept < room && await TryMoveAsync(chunk, place, cancellationToken))
                kept++;
            else if (directory.TryRemove(chunk, place))
                hot.Remove(chunk);
        }

        _credit -= (long)kept * LogGeometry.RecordSize;
        return kept;
    }

    private async Task<bool> TryMoveAsync(ChunkId chunk, ChunkPlace place, CancellationToken cancellationToken)
    {
        while (log.IsBehind)
            await log.WhenSomeWrittenAsync().WaitAsync(cancellationToken);

        return (hot.TryRead(chunk, _buffer, out _)
                || log.TryReadMemory(chunk, place, _buffer)
                || await log.TryReadDiskAsync(chunk, place, _buffer, cancellationToken))
            && appender.TryMove(chunk, place, _buffer.AsSpan(0, place.Length));
    }

    private readonly struct Sweep(ChunkDirectory directory, MemoryChunkCache hot, long end) : IPlaceVisitor
    {
        public List<(ChunkId Chunk, ChunkPlace Place)> Read { get; } = [];

        public void Visit(ChunkId chunk, ChunkPlace place)
        {
            if (place.Address >= end)
                return;

            // A hit in memory is not counted; to be there still is to have been read.
            if (place.Reads > 0 || hot.Contains(chunk))
                Read.Add((chunk, place));
            else
                directory.TryRemove(chunk, place);
        }
    }
}
