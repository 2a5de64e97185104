namespace SpotifyCore.Simulator.Population;

/// <summary>Who listens.</summary>
internal sealed record PopulationOptions
{
    /// <summary>Clients in the world; not all are online at a time.</summary>
    public int Clients { get; init; } = 1_000;

    /// <summary>Their lines.</summary>
    public IReadOnlyList<LineProfile> Lines { get; init; } = Population.Lines.Homes2010;

    /// <summary>
    /// Share of the clients that others can connect to: some 35 % of the attempts then succeed in "paper" (FACTS).
    /// </summary>
    public double Reachable { get; init; } = 0.35;

    /// <summary>Share of the clients whose cache is of full size; 56 % (FACTS).</summary>
    public double FullCaches { get; init; } = 0.56;

    /// <summary>Tracks a full cache holds: the original's thousand, scaled; see tools/README.md.</summary>
    public int CacheTracks { get; init; } = 137;

    /// <summary>The smallest cache, as a share of a full one (assumed).</summary>
    public double LeastCache { get; init; } = 0.1;

    /// <summary>Share of a cache that is filled when the run begins (assumed).</summary>
    public double Filled { get; init; } = 0.95;

    /// <summary>Share of the clients that lie (a scenario's).</summary>
    public double Liars { get; init; }

    /// <summary>Share of the clients that give, but very slowly (a scenario's).</summary>
    public double Slow { get; init; }
}
