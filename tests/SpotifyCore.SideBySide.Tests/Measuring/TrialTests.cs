using SpotifyCore.SideBySide.Measuring;
using SpotifyCore.SideBySide.Results;
using SpotifyCore.SideBySide.Trials;

namespace SpotifyCore.SideBySide.Tests.Measuring;

public sealed class TrialTests
{
    private readonly List<string> _turns = [];

    [Fact]
    public async Task RunAsync_ThreeSides_EachBeginsInItsTurnAndTheFirstRoundDoesNotCount()
    {
        var trial = new Trial(new Measure("speed", "1/s"))
        {
            Ours = Side("ours", 900, 10, 20, 30),
            References = [Side("one", 1, 5, 5, 5), Side("other", 1, 40, 40, 40)],
        };

        var compared = await trial.RunAsync(3, CancellationToken.None);

        Assert.Equal(
            ["ours", "one", "other", "one", "other", "ours", "other", "ours", "one", "ours", "one", "other"], _turns);
        Assert.Equal(["one", "other"], compared.Select(static one => one.ReferenceName));
        Assert.Equal([4, 0.5], compared.Select(static one => one.Ratio));
        Assert.All(compared, static one => Assert.Equal(3, one.Runs));
    }

    [Fact]
    public async Task RunAsync_TwoMeasures_ComparesEachByItsOwnFigures()
    {
        var trial = new Trial(new Measure("speed", "1/s"), new Measure("cost", "s"))
        {
            Ours = new Subject("ours", static _ => Task.FromResult<double[]>([6, 1])),
            References = [new Subject("theirs", static _ => Task.FromResult<double[]>([3, 4]))],
        };

        var compared = await trial.RunAsync(5, CancellationToken.None);

        Assert.Equal(
            [("speed", "1/s", 2.0), ("cost", "s", 0.25)],
            compared.Select(static one => (one.Name, one.Unit, one.Ratio)));
    }

    [Fact]
    public async Task RunAsync_ASumIsWanted_IsOfTheReferencesOfTheSameRound()
    {
        var trial = new Trial(new Measure("cost", "s"))
        {
            Ours = Side("ours", 1, 6, 60, 600),
            References = [Side("one", 9, 1, 10, 100), Side("other", 9, 2, 20, 200)],
            Sum = "both",
        };

        var sum = (await trial.RunAsync(3, CancellationToken.None))[^1];

        Assert.Equal(("both", 30, 2.0, 0.0), (sum.ReferenceName, sum.Reference, sum.Ratio, sum.Spread));
    }

    [Fact]
    public async Task RunAsync_RoundsThatNeedSomething_PreparesEachBeforeAnySide()
    {
        var trial = new Trial(new Measure("cost", "s"))
        {
            PrepareRound = round => _turns.Add($"{round}"),
            Ours = Side("ours", 1, 1),
            References = [Side("one", 1, 1)],
        };

        await trial.RunAsync(1, CancellationToken.None);

        Assert.Equal(["0", "ours", "one", "1", "one", "ours"], _turns);
    }

    [Fact]
    public async Task RunAsync_AGeneratorAsks_SaysForEachSideHowBusyItIs()
    {
        var share = 0.0;
        Subject Asked(string name, params double[] shares)
        {
            var asked = 0;
            return new Subject(name, _ =>
            {
                share = shares[asked++];
                return Task.FromResult<double[]>([1]);
            })
            {
                GeneratorShare = () => share,
            };
        }

        var trial = new Trial(new Measure("speed", "1/s"))
        {
            Ours = Asked("ours", 0.1, 0.9, 0.97, 0.98), References = [Asked("one", 1, 0.4, 0.5, 0.6)],
        };

        var compared = Assert.Single(await trial.RunAsync(3, CancellationToken.None));

        Assert.Equal((0.97, 0.5), (compared.OurGeneratorShare, compared.ReferenceGeneratorShare));
    }

    [Theory]
    [InlineData(WarmUp.LeastRounds, 98.0)]
    [InlineData(WarmUp.LeastRounds - 2, 98.0, 10.0, 11.0, 50.0, 90.0, 96.0, 98.0)]
    public async Task RunAsync_OurProcessGoesOn_CountsFromWhereItsFiguresHaveSettled(int alike, params double[] figures)
    {
        // Those that settle at first stay so for a while.
        double[] warming = [.. Enumerable.Repeat(figures[0], alike), .. figures[1..]];
        var trial = new Trial(new Measure("speed", "1/s"))
        {
            Ours = Side("ours", [.. warming, 10, 20, 30]) with { Process = 1 },
            References = [Side("one", 2, 2, 2, 2)],
        };

        var compared = Assert.Single(await trial.RunAsync(3, CancellationToken.None));

        Assert.Equal(warming.Length + 3, _turns.Count(static side => side == "ours"));
        Assert.Equal(4, _turns.Count(static side => side == "one"));
        Assert.Equal((20, 10.0, 3), (compared.Ours, compared.Ratio, compared.Runs));
    }

    [Fact]
    public async Task RunAsync_OurFiguresNeverSettle_CountsAfterTheMostRounds()
    {
        var swings = Enumerable.Range(0, WarmUp.MostRounds).Select(static round => round % 2 == 0 ? 1.0 : 9.0);
        var trial = new Trial(new Measure("speed", "1/s"))
        {
            Ours = Side("ours", [.. swings, 4]) with { Process = 1 },
            References = [new Subject("one", static _ => Task.FromResult<double[]>([2]))],
        };

        Assert.Equal(2, Assert.Single(await trial.RunAsync(1, CancellationToken.None)).Ratio);
    }

    private Subject Side(string name, params double[] figures)
    {
        var round = 0;
        return new Subject(name, _ =>
        {
            _turns.Add(name);
            return Task.FromResult<double[]>([figures[round++]]);
        });
    }
}
