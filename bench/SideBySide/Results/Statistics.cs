namespace SpotifyCore.SideBySide.Results;

/// <summary>What is said of a row of figures.</summary>
internal static class Statistics
{
    /// <summary>The middle one, or the mean of the two in the middle.</summary>
    public static double Median(IReadOnlyList<double> figures) => Quantile(figures, 0.5);

    /// <summary>How far the middle half of the figures lie apart, as a share of the median.</summary>
    public static double Spread(IReadOnlyList<double> figures) =>
        (Quantile(figures, 0.75) - Quantile(figures, 0.25)) / Median(figures);

    private static double Quantile(IReadOnlyList<double> figures, double share)
    {
        ArgumentOutOfRangeException.ThrowIfZero(figures.Count, nameof(figures));
        double[] sorted = [.. figures.Order()];
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (place - below));
    }
}
