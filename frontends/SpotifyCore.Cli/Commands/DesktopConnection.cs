using System.CommandLine;
using Grpc.Core;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;

namespace SpotifyCore.Cli.Commands;

/// <summary>Reaches the desktop daemon, and turns what goes wrong into a line and an exit code.</summary>
internal static class DesktopConnection
{
    /// <summary>The daemon's socket.</summary>
    public static readonly Option<string> Socket = new("--socket")
    {
        Description = $"The daemon's socket ({ControlSocket.Variable}, or the user's runtime directory)",
        DefaultValueFactory = static _ => ControlSocket.ChosenPath,
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
        var socket = Path.GetFullPath(parsed.GetValue(Socket)!);
        using var channel = new EndpointChannel(new EndpointChannelOptions { Address = $"unix:{socket}" });
        try
        {
            return await action(parsed, new Desktop.DesktopClient(channel), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Unavailable && failure.IsLocal())
        {
            await Console.Error.WriteLineAsync(
                $"spotifycore: no desktop daemon at {socket}; start spotifycore-desktop first");
            return 1;
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Cancelled)
        {
            return 130;
        }
        catch (RpcException failure)
        {
            await Console.Error.WriteLineAsync($"spotifycore: {failure.Reason()}");
            return 1;
        }
    }
}
