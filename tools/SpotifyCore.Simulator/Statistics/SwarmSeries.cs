namespace SpotifyCore.Simulator.Statistics;

/// <summary>Bytes by tier against how many others online held the file when the play began, in classes.</summary>
internal sealed class SwarmSeries
{
    private static readonly int[] Bounds = [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987];

    private readonly TierBytes[] _classes = new TierBytes[Bounds.Length];
    private readonly long[] _plays = new long[Bounds.Length];

    /// <summary>The least number of holders in each class.</summary>
    public static IReadOnlyList<int> LeastHolders => Bounds;

    /// <summary>Bytes by class.</summary>
    public IReadOnlyList<TierBytes> Classes => _classes;

    /// <summary>Plays by class.</summary>
    public IReadOnlyList<long> Plays => _plays;

    /// <summary>Counts one play.</summary>
    public void Add(int holders, in TierBytes bytes)
    {
        var at = Bounds.Length - 1;
        while (Bounds[at] > holders)
            at--;

        _classes[at].Add(bytes);
        _plays[at]++;
    }
}
