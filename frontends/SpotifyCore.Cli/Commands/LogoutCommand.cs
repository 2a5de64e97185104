using System.CommandLine;
using SpotifyCore.Rpc.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore logout</c></summary>
internal static class LogoutCommand
{
    public static Command Create()
    {
        var command = new Command("logout", "Ends the session; the daemon forgets it and the kept tracks' keys.");
        command.SetDesktopAction(async (_, channel, cancellationToken) =>
        {
            await channel.UnaryAsync(DesktopMethods.LogOut, new DesktopLogOutRequest(), cancellationToken);
            Console.WriteLine("Logged out.");
            return 0;
        });
        return command;
    }
}
