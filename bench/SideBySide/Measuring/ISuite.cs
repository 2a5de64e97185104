namespace SpotifyCore.SideBySide.Measuring;

/// <summary>Comparisons that share what has to be started or made for them.</summary>
internal interface ISuite
{
    /// <summary>The names of what it measures.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Prepares, runs the trials that are wanted, and clears away.</summary>
    Task RunAsync(MeasuringSession session, CancellationToken cancellationToken);
}
