using SpotifyCore.Content.Limits;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Core.Neighbours;

/// <summary>What the neighbours of one account may search together, under whatever ids.</summary>
/// <param name="perSecond">How many searches a second, on average.</param>
/// <param name="burst">How many at once.</param>
internal sealed class SearchAllowance(double perSecond, double burst)
{
    private RateGate _gate = new(perSecond, burst);
    private Instant _since;
    private int _dropped;

    /// <summary>True when one more may be served now.</summary>
    public bool TryPass(Instant now) => _gate.TryPass(now);

    /// <summary>
    /// Counts one that was not. False, and the count begins anew, when within a span it is one more than a limit: it is
    /// the fault of whoever sent that one, not of the account's next.
    /// </summary>
    public bool TryDrop(int limit, TimeSpan span, Instant now)
    {
        if (now - _since >= span)
            (_since, _dropped) = (now, 0);
        if (++_dropped <= limit)
            return true;

        _dropped = 0;
        return false;
    }
}
