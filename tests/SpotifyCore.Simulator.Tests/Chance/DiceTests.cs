using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Simulator.Chance;

namespace SpotifyCore.Simulator.Tests.Chance;

public sealed class DiceTests
{
    private const int Draws = 200_000;

    [Fact]
    public void Of_SameSubject_DrawsTheSame() => Prop.ForAll<ulong, ulong>((seed, subject) =>
    {
        var (one, other) = (Dice.Of(seed, DicePurpose.Plays, subject), Dice.Of(seed, DicePurpose.Plays, subject));
        return Enumerable.Range(0, 20).All(_ => one.Next() == other.Next());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_OtherPurposeOrSubject_DrawsOtherwise() => Prop.ForAll<ulong, ulong>((seed, subject) =>
        Dice.Of(seed, DicePurpose.Plays, subject).Next() != Dice.Of(seed, DicePurpose.Library, subject).Next()
        && Dice.Of(seed, DicePurpose.Plays, subject).Next() != Dice.Of(seed, DicePurpose.Plays, subject + 1).Next())
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Below_AnyBound_StaysWithinAndReachesAll() => Prop.ForAll(Gen.Choose(1, 50).ToArbitrary(), bound =>
    {
        var dice = new Dice((ulong)bound);
        var seen = Enumerable.Range(0, bound * 60).Select(_ => dice.Below(bound)).ToHashSet();
        return seen.Min() == 0 && seen.Max() == bound - 1 && seen.Count >= bound * 0.9;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Exponential_ManyDraws_HasItsMean() => HasMean(30, dice => dice.Exponential(30));

    [Fact]
    public void LogNormal_ManyDraws_HasItsMean() => HasMean(240, dice => dice.LogNormal(240, 0.35));

    [Fact]
    public void Poisson_ManyDraws_HasItsMean() => HasMean(2, dice => dice.Poisson(2));

    [Fact]
    public void Unit_ManyDraws_HasItsMean() => HasMean(0.5, dice => dice.Unit());

    [Fact]
    public void Normal_ManyDraws_HasDeviationOne() => HasMean(1, dice => Math.Pow(dice.Normal(), 2));

    [Fact]
    public void Shuffle_Items_KeepsThemAll()
    {
        var items = Enumerable.Range(0, 100).ToArray();
        new Dice(1).Shuffle<int>(items);

        Assert.NotEqual(Enumerable.Range(0, 100), items);
        Assert.Equal(Enumerable.Range(0, 100), items.Order());
    }

    private static void HasMean(double mean, Func<Dice, double> draw)
    {
        var dice = new Dice(7);
        var sum = 0.0;
        for (var i = 0; i < Draws; i++)
            sum += draw(dice);

        Assert.InRange(sum / Draws, mean * 0.98, mean * 1.02);
    }
}
