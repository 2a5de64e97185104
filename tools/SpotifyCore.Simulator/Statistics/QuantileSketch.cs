namespace SpotifyCore.Simulator.Statistics;

/// <summary>
/// Quantiles of a stream in constant memory, each within 0.1 % of a value that was seen: a histogram whose bins
/// grow by 0.2 %, read at their geometric middle. Sketches can be merged.
/// </summary>
internal sealed class QuantileSketch
{
    private const double Growth = 1.002;
    private const double Least = 0.01;
    private const double Most = 1e8;

    private static readonly double LogGrowth = Math.Log(Growth);
    private static readonly int Bins = BinOf(Most) + 1;

    private readonly long[] _counts = new long[Bins];
    private long _zeros;

    /// <summary>Values taken in.</summary>
    public long Count { get; private set; }

    /// <summary>Takes in a value; what is under 0.01 counts as 0.</summary>
    public void Add(double value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Count++;
        if (value < Least)
            _zeros++;
        else
            _counts[BinOf(Math.Min(value, Most))]++;
    }

    /// <summary>Takes in all that another one has.</summary>
    public void Add(QuantileSketch other)
    {
        Count += other.Count;
        _zeros += other._zeros;
        for (var bin = 0; bin < Bins; bin++)
            _counts[bin] += other._counts[bin];
    }

    /// <summary>The value that this share of the values do not exceed; 0 when there are none.</summary>
    public double At(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        var passed = _zeros;
        for (var bin = 0; bin < Bins && passed <= Count; bin++)
        {
            if (passed >= rank)
                return bin == 0 ? 0 : MiddleOf(bin - 1);

            passed += _counts[bin];
        }

        return Count == 0 || passed < rank ? 0 : MiddleOf(Bins - 1);
    }

    /// <summary>The share of values that do not exceed a value.</summary>
    public double ShareUpTo(double value)
    {
        var passed = _zeros;
        for (var bin = 0; bin < Bins && MiddleOf(bin) <= value; bin++)
            passed += _counts[bin];

        return Count == 0 ? 0 : passed / (double)Count;
    }

    private static int BinOf(double value) => (int)(Math.Log(value / Least) / LogGrowth);

    private static double MiddleOf(int bin) => Least * Math.Exp((bin + 0.5) * LogGrowth);
}
