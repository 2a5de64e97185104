using SpotifyCore.Simulator.Statistics;

namespace SpotifyCore.Simulator.Plots;

/// <summary>How soon plays came to sound: the share up to each time, on a logarithmic axis.</summary>
internal static class StartPlot
{
    private const double Least = 1;
    private const double Most = 10_000;
    private const int Steps = 155;
    private const string AllInk = "#264653";
    private const string ClickInk = "#d1495b";

    /// <summary>The plot as SVG.</summary>
    public static string Draw(QuantileSketch all, QuantileSketch clicks, string scenario)
    {
        var frame = new PlotFrame(
            $"How soon it sounds: {scenario}",
            "Share of plays that sound within a time; what begins in under 1 ms stands at the left edge");
        frame.MarkPercent();
        foreach (var mark in (ReadOnlySpan<double>)[1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000])
            frame.MarkX(X(mark), mark < 1_000 ? $"{mark:0} ms" : $"{mark / 1_000:0} s");

        Curve(frame, clicks, ClickInk);
        Curve(frame, all, AllInk);
        foreach (var share in (ReadOnlySpan<double>)[0.5, 0.9, 0.99])
            Point(frame, all, share);

        frame.NameAxes("from the listener's act, or the last track's end, to sound", "share of plays");
        Legend(frame, all, clicks);
        return frame.Canvas.ToString();
    }

    private static double X(double milliseconds) =>
        Math.Log(Math.Max(Least, milliseconds) / Least) / Math.Log(Most / Least);

    private static void Curve(PlotFrame frame, QuantileSketch sketch, string ink)
    {
        var points = Enumerable.Range(0, Steps + 1)
            .Select(step => Least * Math.Pow(Most / Least, step / (double)Steps))
            .Select(value => frame.At(X(value), sketch.ShareUpTo(value)));
        frame.Canvas.Path(points, ink, 2.2);
    }

    private static void Point(PlotFrame frame, QuantileSketch sketch, double share)
    {
        var value = sketch.At(share);
        var at = frame.At(X(value), share);
        frame.Canvas.Dot(at, 4, AllInk);
        var text = $"p{100 * share:0}: {value:0} ms";
        var style = new SvgTextStyle(12, AllInk, value > 100 ? "end" : "start");
        frame.Canvas.Text(new SvgPoint(at.X - 8, at.Y - 8), text, style);
    }

    private static void Legend(PlotFrame frame, QuantileSketch all, QuantileSketch clicks)
    {
        var x = frame.RightEdge + 12;
        frame.Canvas.Text(new SvgPoint(x, 190), "all plays", new SvgTextStyle(13, AllInk, IsBold: true));
        frame.Canvas.Text(new SvgPoint(x, 208), $"{all.Count:n0}", SvgTextStyle.Axis("start"));
        frame.Canvas.Text(new SvgPoint(x, 238), "by a click", new SvgTextStyle(13, ClickInk, IsBold: true));
        frame.Canvas.Text(new SvgPoint(x, 256), $"{clicks.Count:n0}", SvgTextStyle.Axis("start"));
    }
}
