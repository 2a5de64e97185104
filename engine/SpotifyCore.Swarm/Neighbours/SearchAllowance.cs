using SpotifyCore.Content.Time;

namespace SpotifyCore.Swarm.Neighbours;

/// <summary>What the neighbours of one account may search together, under whatever ids.</summary>
/// <param name="perSecond">How many searches a second, on average.</param>
/// <param name="burst">How many at once.</param>
public sealed class SearchAllowance(double perSecond, double burst)
{
    private RateGate _gate = new(perSecond, burst);

    /// <summary>Searches beyond it.</summary>
    public int Dropped { get; private set; }

    /// <summary>True when one more may be served now; it is counted either way.</summary>
    public bool TryPass(Instant now)
    {
        if (_gate.TryPass(now))
            return true;

        Dropped++;
        return false;
    }
}
