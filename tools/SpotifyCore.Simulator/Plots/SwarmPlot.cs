using SpotifyCore.Simulator.Statistics;

namespace SpotifyCore.Simulator.Plots;

/// <summary>
/// Where bytes that the cache lacked came from, against how many others online held the file: stacked bars, a bar a
/// class, its width the class's share of the plays.
/// </summary>
internal static class SwarmPlot
{
    private const double LeastLabelled = 0.035;

    /// <summary>The plot as SVG.</summary>
    public static string Draw(SwarmSeries series, string scenario)
    {
        var frame = new PlotFrame(
            $"What a swarm carries: {scenario}",
            "Bytes the cache lacked, by how many others online held the track; a bar is as wide as its share of them");
        frame.MarkPercent();
        var total = series.Classes.Sum(Network);
        var from = 0.0;
        for (var at = 0; at < series.Classes.Count && total > 0; at++)
        {
            var width = Network(series.Classes[at]) / (double)total;
            Bar(frame, series.Classes[at], from, width);
            if (width >= LeastLabelled)
                frame.MarkX(from + (width / 2), NameOf(at), isLined: false);

            from += width;
        }

        frame.NameAxes("others online that hold the track", "share of the bytes");
        frame.LabelRight(TierPalette.Layers.Skip(1).Select((layer, i) => (0.4 + (0.06 * i), layer.Name, layer.Ink)));
        return frame.Canvas.ToString();
    }

    private static long Network(TierBytes bytes) => bytes.Total - bytes.Cache;

    private static void Bar(PlotFrame frame, in TierBytes bytes, double from, double width)
    {
        var (network, below) = ((double)Network(bytes), 0.0);
        if (network == 0)
            return;

        foreach (var layer in TierPalette.Layers.Skip(1))
        {
            var above = below + (layer.Part(bytes) / network);
            var (corner, other) = (frame.At(from, above), frame.At(from + width, below));
            frame.Canvas.Box(corner, Math.Max(0.5, other.X - corner.X - 1.5), other.Y - corner.Y, layer.Fill);
            below = above;
        }
    }

    private static string NameOf(int at)
    {
        var least = SwarmSeries.LeastHolders[at];
        if (at == SwarmSeries.LeastHolders.Count - 1)
            return $"{least}+";

        var most = SwarmSeries.LeastHolders[at + 1] - 1;
        return least == most ? $"{least}" : $"{least}-{most}";
    }
}
