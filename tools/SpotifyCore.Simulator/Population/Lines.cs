namespace SpotifyCore.Simulator.Population;

/// <summary>The lines that clients have (assumed: tools/README.md).</summary>
internal static class Lines
{
    private const double Mega = 1e6;

    /// <summary>Homes of 2010: mostly ADSL and cable; 3G phones.</summary>
    public static IReadOnlyList<LineProfile> Homes2010 { get; } =
    [
        new("adsl 2", 0.13, 2 * Mega, 0.4 * Mega, Milliseconds(30)),
        new("adsl 8", 0.34, 8 * Mega, 0.8 * Mega, Milliseconds(25)),
        new("adsl2+ 16", 0.23, 16 * Mega, 1 * Mega, Milliseconds(20)),
        new("cable 20", 0.14, 20 * Mega, 2 * Mega, Milliseconds(12)),
        new("lan 10", 0.09, 10 * Mega, 10 * Mega, Milliseconds(3)),
        new("fibre 100", 0.05, 100 * Mega, 20 * Mega, Milliseconds(2)),
        new("3g phone", 0.02, 2 * Mega, 0.4 * Mega, Milliseconds(90), IsPhone: true),
    ];

    /// <summary>Homes of today: fibre and fast cable; phones on 4G and 5G.</summary>
    public static IReadOnlyList<LineProfile> Today { get; } =
    [
        new("vdsl 50", 0.10, 50 * Mega, 10 * Mega, Milliseconds(12)),
        new("cable 250", 0.20, 250 * Mega, 25 * Mega, Milliseconds(10)),
        new("fibre 100", 0.15, 100 * Mega, 100 * Mega, Milliseconds(2)),
        new("fibre 500", 0.15, 500 * Mega, 300 * Mega, Milliseconds(2)),
        new("5g phone", 0.40, 60 * Mega, 15 * Mega, Milliseconds(30), IsPhone: true),
    ];

    private static TimeSpan Milliseconds(double value) => TimeSpan.FromMilliseconds(value);
}
