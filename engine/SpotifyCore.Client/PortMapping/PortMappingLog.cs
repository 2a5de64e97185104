using System.Net;
using Microsoft.Extensions.Logging;

namespace SpotifyCore.Client.PortMapping;

/// <summary>What is logged of port mapping; event ids 6100 to 6119.</summary>
internal static partial class PortMappingLog
{
    [LoggerMessage(6100, LogLevel.Information, "{Gateway} passes {Address}:{Port} on to port {LocalPort} here")]
    public static partial void Mapped(
        ILogger logger, string gateway, IPAddress address, int port, int localPort);

    [LoggerMessage(
        6101, LogLevel.Information,
        "No router passes port {Port} on ({Reason}): peers that can't connect ask this client to; again in {Delay}")]
    public static partial void Unmapped(ILogger logger, int port, string reason, TimeSpan delay);

    [LoggerMessage(6102, LogLevel.Debug, "{Gateway} is of no use: {Reason}")]
    public static partial void Refused(ILogger logger, string gateway, string reason);

    [LoggerMessage(6103, LogLevel.Warning, "{Gateway} could not be told to end passing port {Port} on: {Reason}")]
    public static partial void Left(ILogger logger, string gateway, int port, string reason);

    [LoggerMessage(6104, LogLevel.Information, "{Gateway} no longer passes port {Port} on")]
    public static partial void Ended(ILogger logger, string gateway, int port);

    [LoggerMessage(6105, LogLevel.Error, "Port mapping failed unexpectedly, and is given up")]
    public static partial void Failed(ILogger logger, Exception failure);
}
