using SpotifyCore.Content.Sources;
using SpotifyCore.Delivery.Tiers;

namespace SpotifyCore.Delivery.Downloads;

/// <summary>
/// The tiers of a listener's client, in the resolver's order. The cache has been looked at before a download begins.
/// Peers leave production the low mark's time before a chunk is due; production may take a while before peers help it.
/// </summary>
internal static class ClientTiers
{
    public const int Cache = 0;
    public const int Peers = 1;
    public const int Production = 2;

    public static TierResolver Create(TimeSpan lowMark, TimeSpan productionHedge) => new(
        new TierPolicy(Tier.Cache, Timeout.InfiniteTimeSpan, IsLocal: true),
        new TierPolicy(Tier.Peers, Timeout.InfiniteTimeSpan, Reserve: lowMark),
        new TierPolicy(Tier.Production, productionHedge));

    /// <summary>A chunk that the cache lacks, with those tiers open to it that someone can be asked of.</summary>
    public static TierAttempts Attempts(bool hasPeer, bool hasNode)
    {
        var attempts = default(TierAttempts);
        attempts.Fail(Cache, ChunkReadStatus.NotFound);
        if (!hasPeer)
            attempts.Fail(Peers, ChunkReadStatus.Busy);

        if (!hasNode)
            attempts.Fail(Production, ChunkReadStatus.Busy);

        return attempts;
    }
}
