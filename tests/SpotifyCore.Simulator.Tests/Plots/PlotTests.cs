using System.Xml.Linq;
using SpotifyCore.Content.Sources;
using SpotifyCore.Simulator.Chance;
using SpotifyCore.Simulator.Plots;
using SpotifyCore.Simulator.Statistics;

namespace SpotifyCore.Simulator.Tests.Plots;

public sealed class PlotTests
{
    [Fact]
    public void Draw_ADay_IsWellFormedAndWithinTheCanvas()
    {
        var series = new DaySeries(TimeSpan.Zero, TimeSpan.FromHours(24), TimeSpan.FromMinutes(20));
        for (var step = 0; step < 72; step++)
            series.Add(TimeSpan.FromMinutes(step * 20), Bytes(step));

        IsWithin(DayPlot.Draw(series, "paper"));
    }

    [Fact]
    public void Draw_StartTimes_IsWellFormedAndNamesQuantiles()
    {
        var (dice, sketch) = (new Dice(1), new QuantileSketch());
        for (var i = 0; i < 1_000; i++)
            sketch.Add(dice.LogNormal(200, 1));

        var svg = StartPlot.Draw(sketch, sketch, "<ours & theirs>");
        IsWithin(svg);
        Assert.Contains("p50:", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_Swarms_IsWellFormedAlsoWhenEmpty()
    {
        var series = new SwarmSeries();
        IsWithin(SwarmPlot.Draw(series, "flash"));
        for (var holders = 0; holders < 2_000; holders += 7)
            series.Add(holders, Bytes(holders));

        IsWithin(SwarmPlot.Draw(series, "flash"));
    }

    [Fact]
    public void Draw_EmptyDay_IsWellFormed() =>
        IsWithin(DayPlot.Draw(new DaySeries(TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.FromHours(1)), "none"));

    private static TierBytes Bytes(int size)
    {
        var bytes = default(TierBytes);
        foreach (var tier in (ReadOnlySpan<Tier>)[Tier.Cache, Tier.Peers, Tier.Production, Tier.Master])
            bytes.Add(tier, (size + 1) * 1_000_000L / ((int)tier + 1));

        return bytes;
    }

    private static void IsWithin(string svg)
    {
        var root = XDocument.Parse(svg).Root!;
        var (width, height) = ((double)root.Attribute("width")!, (double)root.Attribute("height")!);
        foreach (var text in root.Elements().Where(element => element.Name.LocalName == "text"))
        {
            Assert.InRange((double)text.Attribute("x")!, 0, width);
            Assert.InRange((double)text.Attribute("y")!, 0, height);
        }
    }
}
