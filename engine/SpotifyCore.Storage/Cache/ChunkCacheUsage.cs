namespace SpotifyCore.Storage.Cache;

/// <summary>How full a chunk cache is, in bytes of payload, and what it has done since it was opened.</summary>
/// <param name="HeldBytes">Bytes of chunks held.</param>
/// <param name="LimitBytes">Bytes the cache may hold.</param>
/// <param name="Hits">Reads that found a chunk.</param>
/// <param name="Misses">Reads that did not.</param>
/// <param name="Damaged">Chunks found damaged on disk and dropped.</param>
/// <param name="UnsavedBytes">Bytes written that no checkpoint holds: what <c>kill -9</c> would lose now.</param>
public readonly record struct ChunkCacheUsage(
    long HeldBytes, long LimitBytes, long Hits, long Misses, long Damaged, long UnsavedBytes);
