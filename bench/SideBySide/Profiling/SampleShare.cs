namespace SpotifyCore.SideBySide.Profiling;

/// <summary>How much of the samples fell into one place.</summary>
/// <param name="Share">As a share of all, 0 to 1.</param>
/// <param name="Place">A module, or a function.</param>
internal readonly record struct SampleShare(double Share, string Place);
