namespace SpotifyCore.Simulator.Population;

/// <summary>Shares of the population, sites and round trips between regions (assumed: tools/README.md).</summary>
internal static class RegionMap
{
    private static readonly int[,] Milliseconds =
    {
        { 12, 22, 38, 50 },
        { 22, 20, 44, 54 },
        { 38, 44, 14, 28 },
        { 50, 54, 28, 24 },
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Region> All { get; } = Enum.GetValues<Region>();

    /// <summary>Share of the clients, by region.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0.25, 0.15, 0.30, 0.30];

    /// <summary>Where the sites stand: Stockholm and London.</summary>
    public static IReadOnlyList<Region> Sites { get; } = [Region.Sweden, Region.Britain];

    /// <summary>The site that serves a region.</summary>
    public static int SiteOf(Region region) => region is Region.Sweden or Region.North ? 0 : 1;

    /// <summary>Round trip between two regions' exchanges, without the access lines.</summary>
    public static TimeSpan RoundTrip(Region one, Region other) =>
        TimeSpan.FromMilliseconds(Milliseconds[(int)one, (int)other]);
}
