using SpotifyCore.Core.Delivery;

namespace SpotifyCore.Simulation.Clients;

/// <summary>What a client is like.</summary>
public sealed record ClientSpec
{
    /// <summary>What its line carries to it, bytes a second.</summary>
    public double DownBytesPerSecond { get; init; } = 1_000_000;

    /// <summary>What its line carries from it, bytes a second.</summary>
    public double UpBytesPerSecond { get; init; } = 125_000;

    /// <summary>Where it is.</summary>
    public int Region { get; init; }

    /// <summary>The overlay it belongs to; that of its region when null.</summary>
    public string? Site { get; init; }

    /// <summary>The network behind one router that it shares with others; 0 for one of its own.</summary>
    public int Lan { get; init; }

    /// <summary>False behind a router that lets no connection in.</summary>
    public bool IsReachable { get; init; } = true;

    /// <summary>True to use servers only.</summary>
    public bool IsPhone { get; init; }

    /// <summary>Room of its cache; one without any refuses what it is given, as a full disk does.</summary>
    public long CacheBytes { get; init; } = 1L << 30;

    /// <summary>Connections from others that it accepts.</summary>
    public int MostConnections { get; init; } = 64;

    /// <summary>Chunks that a player of a whole file uses up between two reports; 1 reports each.</summary>
    public int ChunksPerReport { get; init; } = 8;

    /// <summary>How it lies to its peers.</summary>
    public LieKind Lies { get; init; }

    /// <summary>
    /// Makes the options of its core, each time it comes online; seed and own id are set by the harness. The core's own
    /// when null.
    /// </summary>
    public Func<ClientCoreOptions>? Core { get; init; }
}
