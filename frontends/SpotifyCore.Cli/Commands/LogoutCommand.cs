using System.CommandLine;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore logout</c></summary>
internal static class LogoutCommand
{
    public static Command Create()
    {
        var command = new Command("logout", "Ends the session; the daemon forgets it and the kept tracks' keys.");
        command.SetDesktopAction(async (_, desktop, cancellationToken) =>
        {
            await desktop.LogOutAsync(new DesktopLogOutRequest(), cancellationToken: cancellationToken);
            Console.WriteLine("Logged out.");
            return 0;
        });
        return command;
    }
}
