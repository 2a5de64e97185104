using Microsoft.Extensions.Logging;

namespace SpotifyCore.Contracts.Serving;

/// <summary>What a server of calls has to say; event ids from 3000.</summary>
internal static partial class GrpcServerLog
{
    [LoggerMessage(3000, LogLevel.Error, "The handler of {Method} failed")]
    public static partial void HandlerFailed(ILogger logger, Exception failure, string method);

    [LoggerMessage(3001, LogLevel.Error, "{Method} could not be answered: the database is away ({Reason})")]
    public static partial void DatabaseAway(ILogger logger, string method, string reason);
}
