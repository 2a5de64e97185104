namespace SpotifyCore.Simulator.Commands;

/// <summary>What the program ends with.</summary>
public static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Done = 0;

    /// <summary>A comparison found that peers make something worse; or an invariant was broken.</summary>
    public const int Failed = 1;

    /// <summary>The command line makes no sense, or a file can't be written.</summary>
    public const int Misused = 2;

    /// <summary>It was interrupted.</summary>
    public const int Interrupted = 130;
}
