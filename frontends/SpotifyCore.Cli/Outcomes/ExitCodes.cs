using SpotifyCore.CommandLine;

namespace SpotifyCore.Cli.Outcomes;

/// <summary>What the command ends with.</summary>
internal static class ExitCodes
{
    /// <summary>It is done.</summary>
    public const int Done = 0;

    /// <summary>It could not be done; standard error says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line was wrong; nothing was done.</summary>
    public const int Misused = CommandProgram.Misused;

    /// <summary>Nothing plays: nothing to show, to pause, to skip or to go on with.</summary>
    public const int Silent = 3;

    /// <summary>Several things match what was typed, and nobody could be asked which is meant.</summary>
    public const int Ambiguous = 4;

    /// <summary>Ctrl-C.</summary>
    public const int Interrupted = CommandProgram.Interrupted;
}
