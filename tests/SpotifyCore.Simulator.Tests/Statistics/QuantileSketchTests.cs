using FsCheck;
using FsCheck.Fluent;
using SpotifyCore.Simulator.Chance;
using SpotifyCore.Simulator.Statistics;

namespace SpotifyCore.Simulator.Tests.Statistics;

public sealed class QuantileSketchTests
{
    [Fact]
    public void At_AnyValues_IsWithinOnePercentOfTheExactOne() => Prop.ForAll(
        Gen.Choose(1, 50_000_000).Select(value => value / 50.0).NonEmptyListOf().ToArbitrary(), values =>
    {
        var sketch = new QuantileSketch();
        foreach (var value in values)
            sketch.Add(value);

        var sorted = values.Order().ToArray();
        return new[] { 0.01, 0.25, 0.5, 0.75, 0.9, 0.99, 1 }.All(share =>
        {
            var exact = sorted[(int)Math.Max(0, Math.Ceiling(share * sorted.Length) - 1)];
            return Math.Abs(sketch.At(share) - exact) <= exact * 0.00101;
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void At_NothingOrZeros_IsZero()
    {
        var sketch = new QuantileSketch();
        Assert.Equal(0, sketch.At(0.5));

        sketch.Add(0);
        sketch.Add(0);
        sketch.Add(100);
        Assert.Equal(0, sketch.At(0.5));
        Assert.Equal(100, sketch.At(0.99), 1.0);
    }

    [Fact]
    public void Add_AnotherSketch_IsAsIfAllHadBeenAdded()
    {
        var (dice, one, other, all) = (new Dice(2), new QuantileSketch(), new QuantileSketch(), new QuantileSketch());
        for (var i = 0; i < 10_000; i++)
        {
            var value = dice.LogNormal(200, 1);
            (i % 3 == 0 ? one : other).Add(value);
            all.Add(value);
        }

        one.Add(other);
        Assert.Equal(all.Count, one.Count);
        Assert.Equal(all.At(0.9), one.At(0.9));
    }

    [Fact]
    public void ShareUpTo_AValue_IsTheShareNotAbove()
    {
        var sketch = new QuantileSketch();
        for (var value = 1; value <= 1_000; value++)
            sketch.Add(value);

        Assert.Equal(0.25, sketch.ShareUpTo(250), 0.01);
        Assert.Equal(1, sketch.ShareUpTo(2_000));
    }
}
