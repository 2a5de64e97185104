namespace SpotifyCore.Hosting.Running;

/// <summary>What a host's process ends with.</summary>
public static class ExitCode
{
    /// <summary>It did its work, or was asked to stop and drained.</summary>
    public const int Done = 0;

    /// <summary>It failed; standard error says why.</summary>
    public const int Failed = 1;

    /// <summary>It was called or configured wrongly, and did nothing.</summary>
    public const int Misused = 2;
}
