namespace SpotifyCore.Simulator.Statistics;

/// <summary>Mean of paired differences with its 95 % interval by Student's t.</summary>
/// <param name="Mean">The mean difference.</param>
/// <param name="HalfWidth">Half the width of the interval; infinite for a single pair.</param>
internal readonly record struct PairedInterval(double Mean, double HalfWidth)
{
    // Two-sided 95 % points of Student's t for 1, 2, ... degrees of freedom.
    private static readonly double[] Student =
    [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
        2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    ];

    /// <summary>The interval of these differences.</summary>
    public static PairedInterval Of(IReadOnlyList<double> differences)
    {
        ArgumentOutOfRangeException.ThrowIfZero(differences.Count, nameof(differences));
        var (count, mean) = (differences.Count, differences.Average());
        if (count == 1)
            return new PairedInterval(mean, double.PositiveInfinity);

        var variance = differences.Sum(value => (value - mean) * (value - mean)) / (count - 1);
        var point = count - 2 < Student.Length ? Student[count - 2] : 1.96;
        return new PairedInterval(mean, point * Math.Sqrt(variance / count));
    }
}
