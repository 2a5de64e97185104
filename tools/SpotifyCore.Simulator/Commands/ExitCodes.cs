using SpotifyCore.CommandLine;

namespace SpotifyCore.Simulator.Commands;

/// <summary>What the program ends with; <see cref="CommandProgram.Interrupted"/> besides.</summary>
internal static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Done = 0;

    /// <summary>
    /// A comparison found that peers make something worse, an invariant was broken, or too many plays failed.
    /// </summary>
    public const int Failed = 1;

    /// <summary>The command line makes no sense, or a file can't be written.</summary>
    public const int Misused = CommandProgram.Misused;
}
