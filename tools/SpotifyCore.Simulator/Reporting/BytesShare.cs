using SpotifyCore.Simulator.Statistics;

namespace SpotifyCore.Simulator.Reporting;

/// <summary>Shares of the bytes played, by the tier they came from.</summary>
internal sealed record BytesShare(double Cache, double Peers, double Production, double Master)
{
    /// <summary>The shares of some bytes.</summary>
    public static BytesShare Of(in TierBytes bytes) => new(
        Round(bytes.ShareOf(bytes.Cache)),
        Round(bytes.ShareOf(bytes.Peers)),
        Round(bytes.ShareOf(bytes.Production)),
        Round(bytes.ShareOf(bytes.Master)));

    private static double Round(double value) => Math.Round(value, 5);
}
