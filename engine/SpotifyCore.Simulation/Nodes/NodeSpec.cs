namespace SpotifyCore.Simulation.Nodes;

/// <summary>What a storage node is like, and the master storage behind it.</summary>
public sealed record NodeSpec
{
    /// <summary>What its line carries from it, bytes a second.</summary>
    public double UpBytesPerSecond { get; init; } = 125_000_000;

    /// <summary>What its line carries to it, bytes a second.</summary>
    public double DownBytesPerSecond { get; init; } = 125_000_000;

    /// <summary>Where it is.</summary>
    public int Region { get; init; }

    /// <summary>Room of its cache: what was longest not asked for gives way.</summary>
    public long CacheBytes { get; init; } = 1L << 40;

    /// <summary>Connections that it takes.</summary>
    public int MostConnections { get; init; } = 100_000;

    /// <summary>Reading from its cache.</summary>
    public TimeSpan ReadTakes { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>From asking master storage to its first byte: the round trip and a slow disk's seek.</summary>
    public TimeSpan MasterLatency { get; init; } = TimeSpan.FromMilliseconds(60);

    /// <summary>What master storage sends to this node, bytes a second.</summary>
    public double MasterBytesPerSecond { get; init; } = 50_000_000;

    /// <summary>False when master storage has nothing: what the cache lacks, the node lacks.</summary>
    public bool HasMaster { get; init; } = true;

    /// <summary>
    /// For how long its connections may go on with what was asked before it was stopped; an operator's
    /// <c>ChunkServerOptions.DrainTimeout</c>, which is 5 s unless set.
    /// </summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>True when its cache holds every track there is: nothing is asked of master storage.</summary>
    public bool HoldsAll { get; init; }
}
