using System.CommandLine;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore logout</c></summary>
internal static class LogoutCommand
{
    public static Command Create()
    {
        var command = new Command("logout", "Stops, ends the login, and forgets what could be played without a network.");
        command.SetDesktopAction(async (_, desktop, cancellationToken) =>
        {
            await desktop.LogOutAsync(new DesktopLogOutRequest(), cancellationToken: cancellationToken);
            Console.WriteLine("Logged out.");
            return ExitCodes.Done;
        });
        return command;
    }
}
