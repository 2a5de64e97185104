using SpotifyCore.Core.Chance;

namespace SpotifyCore.Simulator.Chance;

/// <summary>
/// Chance for the model of the world: equal seeds give equal draws on every machine. A stream for each purpose
/// (<see cref="Of"/>) keeps what one part draws from changing what another part sees.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private SeededRandom _random = new(seed);

    /// <summary>The dice of one purpose and one of its subjects.</summary>
    public static Dice Of(ulong seed, DicePurpose purpose, ulong subject = 0)
    {
        // Each step mixes, so neighbouring seeds and subjects have nothing in common.
        var mixed = new SeededRandom(seed);
        mixed = new SeededRandom(mixed.Next() ^ ((ulong)purpose << 32));
        mixed = new SeededRandom(mixed.Next() ^ subject);
        return new Dice(mixed.Next());
    }

    /// <summary>64 random bits.</summary>
    public ulong Next() => _random.Next();

    /// <summary>From 0 up to, and without, 1.</summary>
    public double Unit() => (_random.Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with this probability.</summary>
    public bool Chance(double probability) => Unit() < probability;

    /// <summary>From 0 up to, and without, <paramref name="bound"/>.</summary>
    public int Below(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)(((UInt128)_random.Next() * (ulong)bound) >> 64);
    }

    /// <summary>From one number to another.</summary>
    public double Between(double least, double most) => least + (Unit() * (most - least));

    /// <summary>Times between what happens at a steady rate.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - Unit());

    /// <summary>Mean 0, deviation 1.</summary>
    public double Normal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - Unit()));
        return radius * Math.Cos(2 * Math.PI * Unit());
    }

    /// <summary>A number with this mean whose logarithm is normal with deviation <paramref name="sigma"/>.</summary>
    public double LogNormal(double mean, double sigma) =>
        mean * Math.Exp((sigma * Normal()) - (sigma * sigma / 2));

    /// <summary>How often something of this mean happens (small means).</summary>
    public int Poisson(double mean)
    {
        var (count, limit, product) = (0, Math.Exp(-mean), Unit());
        while (product > limit)
        {
            product *= Unit();
            count++;
        }

        return count;
    }

    /// <summary>Puts a list into random order.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var other = Below(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }
}
