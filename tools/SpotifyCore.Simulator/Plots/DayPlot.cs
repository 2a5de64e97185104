using SpotifyCore.Simulator.Statistics;

namespace SpotifyCore.Simulator.Plots;

/// <summary>Where the bytes came from over the day: a stacked area, its height the traffic.</summary>
internal static class DayPlot
{
    /// <summary>The plot as SVG.</summary>
    public static string Draw(DaySeries series, string scenario)
    {
        var frame = new PlotFrame($"Where the music came from: {scenario}", "Music played, by the tier it came from");
        var perStep = series.Step.TotalSeconds * 1e6 / 8;
        var peak = Math.Max(1e-9, series.Steps.Max(step => step.Total) / perStep);
        var top = AxisSteps.Ceiling(peak, out var mark);
        for (var value = 0.0; value <= top * 1.0001; value += mark)
            frame.MarkY(value / top, value.ToString("0.##"));

        MarkHours(frame, series);
        var below = new double[series.Steps.Count];
        var labels = new List<(double, string, string)>();
        foreach (var layer in TierPalette.Layers)
        {
            double[] above = [.. below.Select((y, i) => y + (layer.Part(series.Steps[i]) / perStep / top))];
            frame.Canvas.Area(Between(frame, below, above), layer.Fill);
            var total = Total(series);
            var share = total.ShareOf(layer.Part(total));
            labels.Add(((below[^1] + above[^1]) / 2, $"{layer.Name} {100 * share:0.#} %", layer.Ink));
            below = above;
        }

        frame.NameAxes("time of day", "played, Mbit/s");
        frame.LabelRight(labels);
        return frame.Canvas.ToString();
    }

    private static TierBytes Total(DaySeries series)
    {
        var total = default(TierBytes);
        foreach (var step in series.Steps)
            total.Add(step);

        return total;
    }

    private static IEnumerable<SvgPoint> Between(PlotFrame frame, double[] below, double[] above)
    {
        double X(int step) => step / (double)Math.Max(1, above.Length - 1);
        return Enumerable.Range(0, above.Length).Select(step => frame.At(X(step), above[step]))
            .Concat(Enumerable.Range(0, below.Length).Reverse().Select(step => frame.At(X(step), below[step])));
    }

    private static void MarkHours(PlotFrame frame, DaySeries series)
    {
        var hours = (series.Step * series.Steps.Count).TotalHours;
        var every = hours <= 8 ? 1 : 3;
        var first = series.From.TotalHours;
        for (var hour = Math.Ceiling(first / every) * every; hour <= first + hours; hour += every)
            frame.MarkX((hour - first) / hours, $"{(hour + 24) % 24:00}:00", isLined: false);
    }
}
