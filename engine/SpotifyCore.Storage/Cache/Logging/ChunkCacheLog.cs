using Microsoft.Extensions.Logging;

namespace SpotifyCore.Storage.Cache.Logging;

/// <summary>What the chunk cache says; event ids 2000 to 2019.</summary>
internal static partial class ChunkCacheLog
{
    [LoggerMessage(2000, LogLevel.Information, "Chunk cache {Directory} holds {HeldBytes} of {LimitBytes} bytes")]
    public static partial void LogOpened(this ILogger logger, string directory, long heldBytes, long limitBytes);

    [LoggerMessage(2001, LogLevel.Warning, "Checkpoint {Checkpoint} of the chunk cache cannot be used: {Reason}")]
    public static partial void LogCheckpointUnusable(this ILogger logger, long checkpoint, string reason);

    [LoggerMessage(2002, LogLevel.Warning, "Chunk cache {Directory} has no usable checkpoint and begins empty")]
    public static partial void LogBeginsEmpty(this ILogger logger, string directory);

    [LoggerMessage(2003, LogLevel.Warning, "Chunk {Chunk} was damaged on disk and is dropped")]
    public static partial void LogDamaged(this ILogger logger, Content.Identity.ChunkId chunk);

    [LoggerMessage(2004, LogLevel.Error, "Writing segment {Segment} of the chunk cache failed")]
    public static partial void LogWriteFailed(this ILogger logger, int segment, Exception failure);

    [LoggerMessage(2005, LogLevel.Error, "Keeping the chunk cache within its bounds failed; it is tried again")]
    public static partial void LogMaintenanceFailed(this ILogger logger, Exception failure);

    [LoggerMessage(2007, LogLevel.Error, "Reading segment {Segment} of the chunk cache failed")]
    public static partial void LogReadFailed(this ILogger logger, int segment, Exception failure);

    [LoggerMessage(2006, LogLevel.Debug, "Chunk cache begins at segment {Segment} now; {Kept} chunks were moved on")]
    public static partial void LogMadeRoom(this ILogger logger, int segment, int kept);
}
