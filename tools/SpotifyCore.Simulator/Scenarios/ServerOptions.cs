namespace SpotifyCore.Simulator.Scenarios;

/// <summary>What production and master can do (assumed: tools/README.md).</summary>
internal sealed record ServerOptions
{
    /// <summary>
    /// What each of the two sites sends, bits a second, for each client of the world: the sum is the music of all who
    /// listen at the peak of the day (8 % of the clients), as if there were neither caches nor peers.
    /// </summary>
    public double BitsPerSecondPerClient { get; init; } = 7_000;

    /// <summary>The least that a site sends, bits a second: a world of few clients is bursty.</summary>
    public double LeastBitsPerSecond { get; init; } = 100e6;

    /// <summary>Share of the catalogue that a site keeps: 2.4 M of 10 M tracks (FACTS).</summary>
    public double KeptShare { get; init; } = 0.24;

    /// <summary>From asking master for a chunk to its first byte: slow drives, in the same country.</summary>
    public TimeSpan MasterLatency { get; init; } = TimeSpan.FromMilliseconds(120);

    /// <summary>What one fetch from master brings, bytes a second.</summary>
    public double MasterBytesPerSecond { get; init; } = 12.5e6;

    /// <summary>The same sites, never short of anything. Distances stay.</summary>
    public ServerOptions WithAmpleLines() => this with { LeastBitsPerSecond = 100e9, MasterBytesPerSecond = 12.5e9 };

    /// <summary>Bits a second that one site sends.</summary>
    public double SiteBitsPerSecond(int clients) => Math.Max(LeastBitsPerSecond, clients * BitsPerSecondPerClient);
}
