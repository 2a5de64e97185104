using System.Net;
using Microsoft.Extensions.Logging;

namespace SpotifyCore.Backend.SignIn;

/// <summary>What the access point tells its operator of sign-ins; events 7060 to 7069. Never a token.</summary>
internal static partial class SignInLog
{
    [LoggerMessage(
        7060, LogLevel.Warning, "A sign-in through {Provider} from {Address} was refused: {Outcome} {Reason}")]
    public static partial void SignInRefused(
        this ILogger logger, string provider, IPAddress? address, SignInOutcome outcome, string reason);

    [LoggerMessage(7061, LogLevel.Information, "{Account} is linked with somebody of {Provider}, from {Address}")]
    public static partial void Linked(this ILogger logger, string account, string provider, IPAddress? address);

    [LoggerMessage(7062, LogLevel.Information, "{Account} is not linked with {Provider} any more; {Sessions} sessions ended")]
    public static partial void Unlinked(this ILogger logger, string account, string provider, int sessions);
}
