using System.CommandLine;

namespace SpotifyCore.Cli.Commands;

/// <summary>The listener's command and what it can do.</summary>
internal static class RootCommands
{
    /// <summary>The whole command line.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Plays music through the SpotifyCore desktop daemon (spotifycore-desktop).")
        {
            DesktopConnection.Socket,
            LoginCommand.Create(),
            LogoutCommand.Create(),
            SearchCommand.Create(),
            PlayCommand.Create(),
            QueueCommand.Create(),
            StatusCommand.Create(),
            StatsCommand.Create(),
            UploadsCommand.Create(),
        };
        foreach (var command in TransportCommands.Create())
            root.Add(command);

        return root;
    }
}
