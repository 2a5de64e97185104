using SpotifyCore.SideBySide.Results;

namespace SpotifyCore.SideBySide.Tests.Results;

public sealed class BudgetTests
{
    [Theory]
    [InlineData(1.5, true, false)]
    [InlineData(1.49, false, false)]
    [InlineData(0.75, false, false)]
    [InlineData(0.74, false, true)]
    [InlineData(double.NaN, false, true)]
    public void IsMet_AtLeast_FromTheLimitOn_AndBrokenBelowHalfOfIt(double ratio, bool met, bool broken)
    {
        var budget = Budget.AtLeast(1.5);

        Assert.Equal((met, broken), (budget.IsMet(ratio), budget.IsBroken(ratio)));
    }

    [Theory]
    [InlineData(0.8, true, false)]
    [InlineData(0.81, false, false)]
    [InlineData(1.6, false, false)]
    [InlineData(1.61, false, true)]
    [InlineData(double.PositiveInfinity, false, true)]
    public void IsMet_AtMost_UpToTheLimit_AndBrokenAboveTwiceIt(double ratio, bool met, bool broken)
    {
        var budget = Budget.AtMost(0.8);

        Assert.Equal((met, broken), (budget.IsMet(ratio), budget.IsBroken(ratio)));
    }

    [Fact]
    public void Pairings_All_AreOfSomethingMeasured()
    {
        var names = Suites.All.SelectMany(static suite => suite.Names).ToHashSet();

        Assert.All(Budgets.Pairings, pairing => Assert.Contains(pairing.Name, names));
    }
}
