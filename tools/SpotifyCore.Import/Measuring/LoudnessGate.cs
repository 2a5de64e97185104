namespace SpotifyCore.Import.Measuring;

/// <summary>
/// The gates of BS.1770: blocks below -70 LUFS do not count, nor those 10 LU below the mean of the rest. Blocks are
/// kept by their loudness, in classes, so that memory does not grow with a track's length.
/// </summary>
internal sealed class LoudnessGate
{
    private const double Lowest = Loudness.Silent;
    private const double BelowMean = 10;
    private const int Highest = 10;
    private const int ClassesOfUnit = 50;
    private const int ClassCount = (Highest - (int)Lowest) * ClassesOfUnit;

    private readonly double[] _powers = new double[ClassCount];
    private readonly int[] _counts = new int[ClassCount];

    /// <summary>The loudness of all blocks that count, in LUFS; -70 where none does.</summary>
    public double Integrated => MeanFrom(ClassOf(MeanFrom(0) - BelowMean));

    /// <summary>Takes the mean power of a block, channels summed.</summary>
    public void Add(double power)
    {
        var loudness = LoudnessOf(power);
        if (loudness < Lowest)
            return;

        var place = ClassOf(loudness);
        _powers[place] += power;
        _counts[place]++;
    }

    private double MeanFrom(int first)
    {
        var (power, count) = (0.0, 0L);
        for (var place = first; place < ClassCount; place++)
        {
            power += _powers[place];
            count += _counts[place];
        }

        return count == 0 ? Lowest : LoudnessOf(power / count);
    }

    private static double LoudnessOf(double power) => (10 * Math.Log10(power)) - 0.691;

    private static int ClassOf(double loudness) =>
        (int)Math.Clamp((loudness - Lowest) * ClassesOfUnit, 0, ClassCount - 1);
}
