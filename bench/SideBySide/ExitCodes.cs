namespace SpotifyCore.SideBySide;

/// <summary>
/// How a run ends; <see cref="CommandLine.CommandProgram.Misused"/> and <see cref="CommandLine.CommandProgram.Interrupted"/>
/// besides.
/// </summary>
internal static class ExitCodes
{
    /// <summary>All was measured.</summary>
    public const int Done = 0;

    /// <summary>A quick run found a ratio that is not even half of its budget.</summary>
    public const int BudgetBroken = 1;

    /// <summary>Something could not be started or measured.</summary>
    public const int Failed = 3;
}
