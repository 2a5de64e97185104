using System.CommandLine;

namespace SpotifyCore.Cli.Commands;

/// <summary>The listener's command and what it can do.</summary>
internal static class RootCommands
{
    private const string Description =
        """
        Finds and plays music through the desktop daemon (spotifycore-desktop), which has to run.

        First:  spotifycore login NAME
        Then:   spotifycore play WORDS          words of a title, an artist or an album
                spotifycore status              what plays

        Exit codes: 0 done; 1 not done, standard error says why; 2 the command line is wrong;
        3 from 'status': nothing plays; 4 several things match and nobody could be asked which; 130 Ctrl-C.
        """;

    /// <summary>The whole command line.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand(Description)
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
        foreach (var command in TransportCommands.Create().Concat(ModeCommands.Create()))
            root.Add(command);

        return root;
    }

    /// <summary>A command as one types it, such as <c>spotifycore queue move</c>.</summary>
    public static string NameOf(Command command)
    {
        var words = new Stack<string>();
        for (Symbol? at = command; at is Command named; at = at.Parents.FirstOrDefault())
            words.Push(named is RootCommand ? "spotifycore" : named.Name);

        return string.Join(' ', words);
    }
}
