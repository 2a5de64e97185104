using SpotifyCore.Content.Sources;
using SpotifyCore.Simulator.Statistics;

namespace SpotifyCore.Simulator.Tests.Statistics;

public sealed class SeriesTests
{
    [Fact]
    public void DaySeries_Add_CountsInItsStepAndClampsOutside()
    {
        var series = new DaySeries(TimeSpan.FromHours(16), TimeSpan.FromHours(18), TimeSpan.FromMinutes(10));
        var bytes = default(TierBytes);
        bytes.Add(Tier.Peers, 5);

        series.Add(TimeSpan.FromHours(16.2), bytes);
        series.Add(TimeSpan.FromHours(3), bytes);
        series.Add(TimeSpan.FromHours(30), bytes);

        Assert.Equal(12, series.Steps.Count);
        Assert.Equal([5, 5, 5], [series.Steps[0].Peers, series.Steps[1].Peers, series.Steps[^1].Peers]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 3)]
    [InlineData(5, 4)]
    [InlineData(100_000, 15)]
    public void SwarmSeries_Add_FindsItsClass(int holders, int expected)
    {
        var series = new SwarmSeries();
        series.Add(holders, default);

        Assert.Equal(1, series.Plays[expected]);
    }

    [Fact]
    public void PairedInterval_KnownDifferences_IsStudents()
    {
        var interval = PairedInterval.Of([1, 2, 3, 4, 5]);

        Assert.Equal(3, interval.Mean);
        Assert.Equal(2.776 * Math.Sqrt(2.5 / 5), interval.HalfWidth, 3);
        Assert.Equal(double.PositiveInfinity, PairedInterval.Of([1]).HalfWidth);
    }
}
