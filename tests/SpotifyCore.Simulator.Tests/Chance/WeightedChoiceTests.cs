using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Simulator.Chance;

namespace SpotifyCore.Simulator.Tests.Chance;

public sealed class WeightedChoiceTests
{
    [Fact]
    public void Draw_AnyWeights_FollowsThem() => Prop.ForAll(
        Gen.Choose(0, 20).NonEmptyListOf().Where(weights => weights.Sum() > 0).ToArbitrary(), weights =>
    {
        var choice = new WeightedChoice([.. weights.Select(weight => (double)weight)]);
        var (dice, counts) = (new Dice(3), new int[weights.Count]);
        const int draws = 20_000;
        for (var i = 0; i < draws; i++)
            counts[choice.Draw(dice)]++;

        return Enumerable.Range(0, counts.Length)
            .All(i => Math.Abs((counts[i] / (double)draws) - choice.ShareOf(i)) < 0.025
                && (weights[i] > 0 || counts[i] == 0));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Create_NoWeights_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightedChoice([]));
}
