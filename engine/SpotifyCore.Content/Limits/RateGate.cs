using SpotifyCore.Content.Time;

namespace SpotifyCore.Content.Limits;

/// <summary>Lets so many pass a second, after a burst of so many. A value.</summary>
/// <param name="perSecond">How many, on average.</param>
/// <param name="burst">How many at once.</param>
public struct RateGate(double perSecond, double burst)
{
    private double _used;
    private Instant _at;

    /// <summary>True when one more may pass now; it is counted then.</summary>
    public bool TryPass(Instant now)
    {
        _used = Math.Max(0, _used - ((now - _at).TotalSeconds * perSecond));
        _at = now;
        if (_used + 1 > burst)
            return false;

        _used++;
        return true;
    }
}
