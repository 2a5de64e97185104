using SpotifyCore.Simulator.Statistics;

namespace SpotifyCore.Simulator.Plots;

/// <summary>The tiers, as they are stacked, with colours that the colour-blind can tell apart.</summary>
internal static class TierPalette
{
    public static IReadOnlyList<TierLayer> Layers { get; } =
    [
        new("cache", "#b8c2cc", "#6b7783", static bytes => bytes.Cache),
        new("peers", "#2a9d8f", "#1f7a6f", static bytes => bytes.Peers),
        new("production", "#e9a03b", "#b36f0d", static bytes => bytes.Production),
        new("master", "#b5403a", "#b5403a", static bytes => bytes.Master),
    ];

    internal sealed record TierLayer(string Name, string Fill, string Ink, Func<TierBytes, long> Part);
}
