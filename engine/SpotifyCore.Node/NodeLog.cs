using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Node;

/// <summary>What a node says: event ids 7000 to 7099.</summary>
internal static partial class NodeLog
{
    [LoggerMessage(7000, LogLevel.Warning, "Fetching from {Chunk} on failed")]
    public static partial void FetchFailed(this ILogger logger, ChunkId chunk, Exception failed);

    [LoggerMessage(7001, LogLevel.Warning, "{Chunk} could not be kept")]
    public static partial void KeepFailed(this ILogger logger, ChunkId chunk, Exception failed);

    [LoggerMessage(7020, LogLevel.Information, "Serving at {EndPoint} as {Id}")]
    public static partial void Serving(this ILogger logger, System.Net.IPEndPoint endPoint, PeerId id);

    [LoggerMessage(7021, LogLevel.Warning, "Plain connections: whoever reaches {EndPoint} may read and write all")]
    public static partial void Unprotected(this ILogger logger, System.Net.IPEndPoint endPoint);

    [LoggerMessage(7022, LogLevel.Information, "Drained")]
    public static partial void Drained(this ILogger logger);

    [LoggerMessage(7030, LogLevel.Information, "{Count} ticket keys from {AccessPoint}")]
    public static partial void KeysFetched(this ILogger logger, int count, string accessPoint);

    [LoggerMessage(7031, LogLevel.Warning, "No ticket keys from {AccessPoint}: {Reason}")]
    public static partial void KeysMissing(this ILogger logger, string accessPoint, string reason);

    [LoggerMessage(7032, LogLevel.Warning, "No access point and no ticket keys are set: only trusted nodes are served")]
    public static partial void NoKeys(this ILogger logger);

    [LoggerMessage(7040, LogLevel.Information, "Files are lacking or damaged here: fetching them from other masters")]
    public static partial void RepairBegun(this ILogger logger);

    [LoggerMessage(
        7041,
        LogLevel.Information,
        "Fetched {Files} files, {Bytes} bytes, in {Seconds:0.0} s; {Failed} could not be had and are tried again later")]
    public static partial void RepairDone(this ILogger logger, int files, long bytes, double seconds, int failed);

    [LoggerMessage(7043, LogLevel.Error, "{File} could not be stored: {Reason}")]
    public static partial void RepairFailed(this ILogger logger, FileId file, string reason);

    [LoggerMessage(7044, LogLevel.Error, "Reading the vault for damage failed after {After}")]
    public static partial void ScrubFailed(this ILogger logger, FileId after, Exception failed);

    [LoggerMessage(7045, LogLevel.Error, "{File} could not be fetched")]
    public static partial void RepairBroke(this ILogger logger, FileId file, Exception failed);

    [LoggerMessage(7046, LogLevel.Error, "Comparing the files of {Member} with those here failed")]
    public static partial void ListingFailed(this ILogger logger, PeerId member, Exception failed);

    [LoggerMessage(7048, LogLevel.Warning, "How far the vault was read for damage can't be kept: {Reason}")]
    public static partial void ScrubPlaceLost(this ILogger logger, string reason);

    [LoggerMessage(7050, LogLevel.Information, "{Files} files deleted, as nothing shows them any more")]
    public static partial void FilesDiscarded(this ILogger logger, int files);

    [LoggerMessage(7051, LogLevel.Warning, "What nothing shows any more can't be deleted now: {Reason}")]
    public static partial void DiscardFailed(this ILogger logger, string reason);

    [LoggerMessage(7047, LogLevel.Error, "The connection to {Address} failed")]
    public static partial void LinkBroke(this ILogger logger, NodeAddress address, Exception failed);
}
