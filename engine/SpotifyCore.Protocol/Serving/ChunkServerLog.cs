using System.Net;
using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Serving;

/// <summary>Event ids 2100 to 2119.</summary>
internal static partial class ChunkServerLog
{
    [LoggerMessage(2100, LogLevel.Debug, "{Role} {Peer} at {EndPoint} said hello")]
    public static partial void Opened(ILogger logger, PeerRole role, PeerId? peer, EndPoint endPoint);

    [LoggerMessage(2101, LogLevel.Debug, "Connection of {Peer} at {EndPoint} is over: {Code}")]
    public static partial void Closed(ILogger logger, PeerId? peer, EndPoint endPoint, ProtocolCode code);

    [LoggerMessage(2102, LogLevel.Information, "Refused {Peer} at {EndPoint}: {Code}")]
    public static partial void Refused(ILogger logger, PeerId? peer, EndPoint endPoint, ProtocolCode code);

    [LoggerMessage(2103, LogLevel.Warning, "{Peer} at {EndPoint} broke the protocol: {Code}")]
    public static partial void RuleBroken(ILogger logger, PeerId? peer, EndPoint endPoint, ProtocolCode code);

    [LoggerMessage(2104, LogLevel.Error, "The backend failed")]
    public static partial void BackendFailed(ILogger logger, Exception failure);

    [LoggerMessage(2106, LogLevel.Error, "A file can't be taken in: {Reason}")]
    public static partial void DiskFull(ILogger logger, string reason);

    [LoggerMessage(2105, LogLevel.Error, "The loop of the connection to {EndPoint} failed")]
    public static partial void LoopFailed(ILogger logger, EndPoint endPoint, Exception failure);
}
