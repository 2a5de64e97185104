using SpotifyCore.SideBySide.Measuring;
using SpotifyCore.SideBySide.Results;
using SpotifyCore.SideBySide.Trials;

namespace SpotifyCore.SideBySide.Tests.Measuring;

public sealed class MeasuringSessionTests
{
    private int _slices;

    [Fact]
    public async Task CompareAsync_OneMeasureOfTwoIsWanted_KeepsThatOne()
    {
        var session = Session("serve-cpu");

        await session.CompareAsync(ServeTrial(), CancellationToken.None);

        Assert.Equal(["serve-cpu-depth1-tls"], session.Comparisons.Select(static one => one.Name));
    }

    [Fact]
    public async Task CompareAsync_NothingOfItIsWanted_MeasuresNothing()
    {
        var session = Session("insert");

        await session.CompareAsync(ServeTrial(), CancellationToken.None);

        Assert.Empty(session.Comparisons);
        Assert.Equal(0, _slices);
    }

    [Theory]
    [InlineData(true, true, 2)]
    [InlineData(true, false, 0.5)]
    [InlineData(false, true, 0.5)]
    public async Task RunAsync_ABudgetIsBrokenWhereItDecides_MeasuresThatOnceMoreAtTheEndAndThatCounts(
        bool isQuick, bool hasTwoCores, double ratio)
    {
        var work = Directory.CreateTempSubdirectory();
        try
        {
            var plan = new MeasuringPlan(isQuick, hasTwoCores, work.FullName);
            var session = new MeasuringSession(plan, new NameFilter(null), TextWriter.Null);
            var (broken, met) = (new PlainSuite("serve-depth1-tls", 1, 4), new PlainSuite("get-16k-1", 4, 0));

            await session.RunAsync([broken, met], CancellationToken.None);

            Assert.Equal(["get-16k-1", "serve-depth1-tls"], session.Comparisons.Select(static one => one.Name).Order());
            Assert.Equal(ratio, session.Comparisons.Single(static one => one.Name == "serve-depth1-tls").Ratio);
            Assert.Equal(2, session.Comparisons.Single(static one => one.Name == "get-16k-1").Ratio);
            Assert.Equal(broken.Works.Count, broken.Works.Distinct().Count());
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static MeasuringSession Session(string only) =>
        new(new MeasuringPlan(IsQuick: true, HasTwoCores: true, ""), new NameFilter([only]), TextWriter.Null);

    private Trial ServeTrial() =>
        new(new Measure("serve-depth1-tls", "chunks/s"), new Measure("serve-cpu-depth1-tls", "CPU-s/GB"))
        {
            Ours = new Subject("ours", Slice),
            References = [new Subject("theirs", Slice)],
        };

    private Task<double[]> Slice(CancellationToken cancellationToken)
    {
        _slices++;
        return Task.FromResult<double[]>([1, 1]);
    }

    // One comparison: of ours, a figure for each look, with 2.
    private sealed class PlainSuite(string name, params double[] ours) : ISuite
    {
        public List<string> Works { get; } = [];

        public IReadOnlyList<string> Names { get; } = [name];

        public Task RunAsync(MeasuringSession session, CancellationToken cancellationToken)
        {
            var figure = ours[Works.Count];
            Works.Add(session.Plan.Work);
            var reference = name == "get-16k-1" ? References.Memcached : References.Nginx;
            return session.CompareAsync(
                new Trial(new Measure(name, "chunks/s"))
                {
                    Ours = new Subject("ours", _ => Task.FromResult<double[]>([figure])),
                    References = [new Subject(reference, static _ => Task.FromResult<double[]>([2]))],
                },
                cancellationToken);
        }
    }
}
