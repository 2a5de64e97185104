using SpotifyCore.Core.Chance;

namespace SpotifyCore.Simulation.Faults;

/// <summary>Chance of a schedule.</summary>
internal sealed class Dice(ulong seed)
{
    // Seeds in a row would give one sequence, each a step further: the first number is far from the next seed's.
    private SeededRandom _random = new(new SeededRandom(seed ^ 0x5DEECE66D).Next());

    /// <summary>From 0 up to 1.</summary>
    public double Share() => (_random.Next() >> 11) / (double)(1ul << 53);

    public bool Happens(double share) => Share() < share;

    /// <summary>A number below a limit.</summary>
    public int Below(int limit) => (int)(_random.Next() % (ulong)limit);

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    /// <summary>Evenly between two spans.</summary>
    public TimeSpan Seconds(double least, double most) => TimeSpan.FromSeconds(least + ((most - least) * Share()));

    /// <summary>Between two values, each power of ten as likely.</summary>
    public double Scale(double least, double most) => least * Math.Pow(most / least, Share());
}
