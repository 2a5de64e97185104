using SpotifyCore.SideBySide.Results;

namespace SpotifyCore.SideBySide.Tests.Results;

public sealed class SummaryTableTests
{
    [Theory]
    [InlineData(15, "at least 1.5: met")]
    [InlineData(14, "at least 1.5: missed")]
    [InlineData(7, "at least 1.5: MISSED by more than half")]
    public void LineOf_OneWithABudget_EndsWithTheVerdict(double ours, string verdict) =>
        Assert.EndsWith(verdict, SummaryTable.LineOf(Depth1(ours)), StringComparison.Ordinal);

    [Fact]
    public void SumOf_SomeOfEachKind_CountsThem() => Assert.Equal(
        "1 budgets met, 2 missed, 1 of them by more than half",
        SummaryTable.SumOf([Depth1(15), Depth1(14), Depth1(7), WithoutBudget()]));

    [Theory]
    [InlineData(0.96, 0.5, "96/50 %  at least 1.5: met (generator-bound: ours)")]
    [InlineData(0.5, 0.96, "50/96 %  at least 1.5: met (generator-bound: reference)")]
    [InlineData(0.97, 0.96, "97/96 %  at least 1.5: met (generator-bound: both)")]
    [InlineData(0.94, 0.3, "94/30 %  at least 1.5: met")]
    public void LineOf_TheGeneratorLimits_SaysOfWhich(double ours, double reference, string end)
    {
        var line = SummaryTable.LineOf(
            Depth1(15) with { OurGeneratorShare = ours, ReferenceGeneratorShare = reference });

        Assert.EndsWith(end, line, StringComparison.Ordinal);
    }

    private static Comparison Depth1(double ours) =>
        Comparison.Of(new Measure("serve-depth1-plain", "chunks/s"), "nginx", [ours], [10]);

    private static Comparison WithoutBudget() =>
        Comparison.Of(new Measure("insert", "chunks/s"), "plain file", [1], [10]);
}
