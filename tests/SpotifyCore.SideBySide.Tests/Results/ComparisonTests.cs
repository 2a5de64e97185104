using SpotifyCore.SideBySide.Results;

namespace SpotifyCore.SideBySide.Tests.Results;

public sealed class ComparisonTests
{
    private static readonly Measure Rate = new("get-16k-1", "chunks/s");

    [Fact]
    public void Of_AnOddNumberOfRounds_TakesTheMedians()
    {
        var comparison = Comparison.Of(Rate, "memcached", [30, 10, 20], [1, 4, 2]);

        Assert.Equal((20, 2, 10, 3), (comparison.Ours, comparison.Reference, comparison.Ratio, comparison.Runs));
        Assert.Equal(
            ("get-16k-1", "chunks/s", "memcached"), (comparison.Name, comparison.Unit, comparison.ReferenceName));
    }

    [Fact]
    public void Of_AnEvenNumberOfRounds_TakesTheMeanOfTheTwoInTheMiddle() =>
        Assert.Equal(2.5, Comparison.Of(Rate, "memcached", [1, 2, 3, 9], [1, 1, 1, 1]).Ratio);

    [Fact]
    public void Of_BothSlowDownTogether_HasNoSpread() =>
        Assert.Equal(0, Comparison.Of(Rate, "memcached", [10, 20, 40], [5, 10, 20]).Spread);

    [Fact]
    public void Of_RatiosThatDiffer_SaysHowFarTheMiddleHalfLiesApart() =>
        Assert.Equal(2 / 3.0, Comparison.Of(Rate, "memcached", [1, 2, 3, 4, 5], [1, 1, 1, 1, 1]).Spread, 12);

    [Fact]
    public void Of_OneWildRound_LeavesRatioAndSpread()
    {
        var comparison = Comparison.Of(Rate, "memcached", [2, 2, 2, 2, 900], [1, 1, 1, 1, 1]);

        Assert.Equal((2, 0), (comparison.Ratio, comparison.Spread));
    }

    [Fact]
    public void Of_RoundsThatLackTheirOther_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Comparison.Of(Rate, "memcached", [1, 2], [1]));

    [Theory]
    [InlineData(0.84, 0.44, "get-16k-1")]
    [InlineData(0.84, 0.46, "")]
    [InlineData(0.86, 0.44, "")]
    public void BrokenNames_OfTwoReferences_OnlyWhereBothAreMissedByMoreThanHalf(
        double memcached, double bare, string broken)
    {
        Comparison[] comparisons =
        [
            Comparison.Of(Rate, References.Memcached, [memcached], [1]),
            Comparison.Of(Rate, References.BareServer, [bare], [1]),
            Comparison.Of(new Measure("disk-hit", "chunks/s"), "plain file", [0.01], [1]), // no budget
        ];

        Assert.Equal(broken, string.Join(' ', Comparison.BrokenNames(comparisons)));
    }
}
