using SpotifyCore.Content.Sources;

namespace SpotifyCore.Simulator.Statistics;

/// <summary>Bytes by the tier they came from.</summary>
internal struct TierBytes
{
    /// <summary>From the client's own cache.</summary>
    public long Cache { get; private set; }

    /// <summary>From other listeners.</summary>
    public long Peers { get; private set; }

    /// <summary>From production's own store.</summary>
    public long Production { get; private set; }

    /// <summary>What production had to fetch from master.</summary>
    public long Master { get; private set; }

    /// <summary>All of them.</summary>
    public readonly long Total => Cache + Peers + Production + Master;

    /// <summary>Counts some.</summary>
    public void Add(Tier tier, long bytes)
    {
        switch (tier)
        {
            case Tier.Cache:
                Cache += bytes;
                break;
            case Tier.Peers:
                Peers += bytes;
                break;
            case Tier.Production:
                Production += bytes;
                break;
            default:
                Master += bytes;
                break;
        }
    }

    /// <summary>Counts all of another.</summary>
    public void Add(in TierBytes other)
    {
        Cache += other.Cache;
        Peers += other.Peers;
        Production += other.Production;
        Master += other.Master;
    }

    /// <summary>A part as a share of all; 0 when there is nothing.</summary>
    public readonly double ShareOf(long part) => Total == 0 ? 0 : part / (double)Total;
}
