namespace SpotifyCore.Content.Time;

/// <summary>
/// Pauses between tries, with full jitter: each is anything from nothing to a bound that doubles with every try. Many
/// who lost the same server so come back spread out, some of them at once, and never in step. For one caller.
/// </summary>
/// <param name="first">Bound of the first pause.</param>
/// <param name="longest">Bound of the longest.</param>
/// <param name="chance">Draws the pauses.</param>
public sealed class Backoff(TimeSpan first, TimeSpan longest, Random chance)
{
    private TimeSpan? _bound;

    /// <summary>The next pause.</summary>
    public TimeSpan Next()
    {
        var bound = _bound ?? first;
        _bound = bound * 2 < longest ? bound * 2 : longest;
        return bound * chance.NextDouble();
    }

    /// <summary>A try succeeded: begins anew.</summary>
    public void Reset() => _bound = null;
}
