using SpotifyCore.Simulator.Chance;

namespace SpotifyCore.Simulator.Population;

/// <summary>Deals regions, lines, reachability and caches to the clients.</summary>
internal static class ClientPopulation
{
    /// <summary>The population that a seed names.</summary>
    public static ClientProfile[] Make(PopulationOptions options, ulong seed)
    {
        var dice = Dice.Of(seed, DicePurpose.Population);
        var faults = Dice.Of(seed, DicePurpose.Faults);
        var regions = new WeightedChoice([.. RegionMap.Shares]);
        var lines = new WeightedChoice([.. options.Lines.Select(line => line.Share)]);
        var clients = new ClientProfile[options.Clients];
        for (var i = 0; i < clients.Length; i++)
        {
            var line = options.Lines[lines.Draw(dice)];
            clients[i] = new ClientProfile(
                i,
                (Region)regions.Draw(dice),
                line,
                dice.Chance(options.Reachable) && !line.IsPhone,
                CacheOf(options, dice),
                BehaviourOf(options, faults));
        }

        return clients;
    }

    private static int CacheOf(PopulationOptions options, Dice dice)
    {
        // Both are drawn, so that the options of one client never shift the draws of the next.
        var (isFull, share) = (dice.Chance(options.FullCaches), dice.Between(options.LeastCache, 1));
        return Math.Max(2, (int)(options.CacheTracks * (isFull ? 1 : share)));
    }

    private static PeerBehaviour BehaviourOf(PopulationOptions options, Dice dice)
    {
        var unit = dice.Unit();
        if (unit < options.Liars)
            return PeerBehaviour.Liar;

        return unit < options.Liars + options.Slow ? PeerBehaviour.Slow : PeerBehaviour.Honest;
    }
}
