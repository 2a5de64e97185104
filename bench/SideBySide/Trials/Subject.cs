namespace SpotifyCore.SideBySide.Trials;

/// <summary>One side of a trial.</summary>
/// <param name="Name">What it is called in the report.</param>
/// <param name="MeasureAsync">Works for a slice; gives a figure for each of the trial's measures.</param>
internal sealed record Subject(string Name, Func<CancellationToken, Task<double[]>> MeasureAsync)
{
    /// <summary>The process that does the work; null where it is another each time.</summary>
    public int? Process { get; init; }

    /// <summary>
    /// The share of its core that the load generator needed in the slice before; 0 where there is no generator.
    /// </summary>
    public Func<double> GeneratorShare { get; init; } = static () => 0;
}
