using System.CommandLine;
using Grpc.Core;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Cli.Commands;

/// <summary>Reaches the desktop daemon, and turns what goes wrong into a line and an exit code.</summary>
internal static class DesktopConnection
{
    // A call may take as long as it likes, while the daemon says that it lives.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The daemon's socket.</summary>
    public static readonly Option<string> Socket = new("--socket")
    {
        Description = $"The daemon's socket; {ControlSocket.Variable} names one too",
        HelpName = "PATH",
        Recursive = true,
    };

    /// <summary>Has a command talk to the daemon.</summary>
    public static void SetDesktopAction(
        this Command command, Func<ParseResult, Desktop.DesktopClient, CancellationToken, Task<int>> action) =>
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, action, cancellationToken));

    private static async Task<int> RunAsync(
        ParseResult parsed,
        Func<ParseResult, Desktop.DesktopClient, CancellationToken, Task<int>> action,
        CancellationToken cancellationToken)
    {
        var socket = Path.GetFullPath(parsed.GetValue(Socket) is { Length: > 0 } named ? named : ControlSocket.ChosenPath);
        using var channel = new EndpointChannel(new EndpointChannelOptions
        {
            Address = $"unix:{socket}", KeepAlive = Silence, KeepAliveTimeout = Patience,
        });
        try
        {
            return await action(parsed, new Desktop.DesktopClient(channel), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (ListenerException refused)
        {
            return Complain(refused.Message, refused.ExitCode);
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Cancelled)
        {
            return ExitCodes.Interrupted;
        }
        catch (RpcException failure) when (failure.IsUnanswered())
        {
            return Complain($"The desktop does not answer (socket {socket}).", ExitCodes.Failed);
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Unavailable && failure.IsLocal())
        {
            return Complain($"no desktop daemon at {socket}; start spotifycore-desktop first", ExitCodes.Failed);
        }
        catch (RpcException failure)
        {
            var isLogin = parsed.CommandResult.Command.Name == LoginCommand.Name;
            return Complain(
                failure.StatusCode == StatusCode.Unauthenticated && !isLogin
                    ? "Log in first: 'spotifycore login NAME'."
                    : failure.Reason(),
                ExitCodes.Failed);
        }
    }

    private static int Complain(string reason, int exitCode)
    {
        Console.Error.WriteLine($"spotifycore: {reason}");
        return exitCode;
    }
}
