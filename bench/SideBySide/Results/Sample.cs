namespace SpotifyCore.SideBySide.Results;

/// <summary>What a slice of one side gave.</summary>
/// <param name="Figures">A figure for each measure.</param>
/// <param name="GeneratorShare">The share of its core that the load generator needed for it.</param>
internal readonly record struct Sample(double[] Figures, double GeneratorShare);
