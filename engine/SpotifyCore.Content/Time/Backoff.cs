namespace SpotifyCore.Content.Time;

/// <summary>
/// Pauses between tries: a bound that doubles with every failure in a row, and in it a pause that chance picks. Those
/// who lost the same server so come back spread out and never in step. For one caller at a time.
/// </summary>
/// <param name="first">Bound of the first pause.</param>
/// <param name="longest">Bound of the longest.</param>
/// <param name="jitter">
/// The part of the bound that chance decides: with 1 a pause is anything from nothing to the bound, so some come back at
/// once; with 0.5 at least half of it, where a try costs the other end something; with 0 the bound itself.
/// </param>
public sealed class Backoff(TimeSpan first, TimeSpan longest, double jitter)
{
    private int _failures;

    /// <summary>The pause after so many failures in a row before this one, without chance.</summary>
    /// <param name="first">The pause after the first.</param>
    /// <param name="longest">What it does not go beyond.</param>
    /// <param name="failures">Failures before this one.</param>
    public static TimeSpan Bound(TimeSpan first, TimeSpan longest, int failures)
    {
        // Compared as what the longest must be shifted down by: the other way round the ticks would overflow.
        const int MostShift = 62;
        return failures > MostShift || first.Ticks > longest.Ticks >> failures
            ? longest
            : new TimeSpan(first.Ticks << failures);
    }

    /// <summary>A try failed: the pause before the next.</summary>
    /// <param name="chance">From 0 up to, and without, 1; the caller's, since the core has chance of its own.</param>
    public TimeSpan Next(double chance)
    {
        var bound = Bound(first, longest, _failures);
        _failures = Math.Min(_failures + 1, int.MaxValue - 1);
        return bound * (1 - jitter + (jitter * chance));
    }

    /// <summary>A try succeeded: begins anew.</summary>
    public void Reset() => _failures = 0;
}
