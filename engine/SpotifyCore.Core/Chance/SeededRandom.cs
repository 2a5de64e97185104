namespace SpotifyCore.Core.Chance;

/// <summary>
/// The core's own chance (SplitMix64): equal seeds give equal numbers, on every machine. Not for secrets.
/// </summary>
public struct SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A span from <paramref name="least"/> up to, and without, <paramref name="most"/>.</summary>
    public TimeSpan Between(TimeSpan least, TimeSpan most)
    {
        var width = (ulong)Math.Max(1, (most - least).Ticks);
        return least + new TimeSpan((long)(Next() % width));
    }
}
