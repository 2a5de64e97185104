using Microsoft.Extensions.Logging;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>Event ids 2120 to 2129.</summary>
internal static partial class ReconnectingPeerLog
{
    [LoggerMessage(2120, LogLevel.Information, "Connected to {Address}")]
    public static partial void Up(ILogger logger, NodeAddress address);

    [LoggerMessage(2121, LogLevel.Warning, "{Address} can't be reached: {Reason}")]
    public static partial void Down(ILogger logger, NodeAddress address, string reason);

    [LoggerMessage(2122, LogLevel.Warning, "{Address} does not answer; its connection is given up")]
    public static partial void Silent(ILogger logger, NodeAddress address);
}
