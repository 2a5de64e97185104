using System.CommandLine;

namespace SpotifyCore.Cli.Commands;

/// <summary>The listener's command and what it can do.</summary>
internal static class RootCommands
{
    /// <summary>The executable's name.</summary>
    public const string Name = "spotifycore";

    private const string Description =
        """
        Finds and plays music through the desktop daemon (spotifycore-desktop), which has to run.

        First:  spotifycore login NAME          or: spotifycore register NAME --country CODE
        Then:   spotifycore play WORDS          words of a title, an artist or an album
                spotifycore status              what plays
                spotifycore help COMMAND        all about one of them

        Exit codes: 0 done; 1 not done, standard error says why; 2 the command line is wrong;
        3 nothing plays that could be shown, paused, skipped or gone on with;
        4 several things match and nobody could be asked which; 130 Ctrl-C.
        """;

    /// <summary>The whole command line.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand(Description)
        {
            DesktopConnection.Socket,
            LoginCommand.Create(),
            LogoutCommand.Create(),
            RegisterCommand.Create(),
            ProfileCommand.Create(),
            SessionsCommand.Create(),
            InviteCommand.Create(),
            AppPasswordCommand.Create(),
            AccountCommand.Create(),
            SearchCommand.Create(),
            BrowseCommand.Create(),
            PlayCommand.Create(),
            QueueCommand.Create(),
            StatusCommand.Create(),
            StatsCommand.Create(),
            UploadsCommand.Create(),
            OfflineCommand.Create(),
            CatalogueCommand.Create(),
        };
        foreach (var command in TransportCommands.Create().Concat(ModeCommands.Create()))
            root.Add(command);

        return root;
    }
}
