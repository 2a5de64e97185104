using SpotifyCore.Simulator.Reporting;
using SpotifyCore.Simulator.Running;
using SpotifyCore.Simulator.Scenarios;

namespace SpotifyCore.Simulator.Tests.Running;

public sealed class ScenarioRunTests
{
    [Fact]
    public void Run_SameSeed_IsTheSameToTheLastEvent()
    {
        var (one, other) = (Run("ours", seed: 5), Run("ours", seed: 5));

        Assert.Equal(one.Trace, other.Trace);
        Assert.Equal(one.Events, other.Events);
        Assert.Equal(Report("ours", one), Report("ours", other));
    }

    [Fact]
    public void Run_OtherSeed_IsAnother() => Assert.NotEqual(Run("ours", seed: 5).Trace, Run("ours", seed: 6).Trace);

    [Theory]
    [InlineData("paper")]
    [InlineData("ours")]
    [InlineData("today")]
    [InlineData("flash")]
    [InlineData("outage")]
    [InlineData("hostile")]
    public void Run_AnyScenario_PlaysAndBreaksNothing(string name)
    {
        var run = Run(name, seed: 2);
        var (report, bytes) = (Report(name, run), Report(name, run).BytesShare);

        Assert.Empty(run.Violations);
        Assert.InRange(report.Plays, 50, 2_000);
        Assert.Equal(1, bytes.Cache + bytes.Peers + bytes.Production + bytes.Master, 3);
        Assert.True(bytes.Cache > 0.2 && bytes.Peers > 0.02 && bytes.Production > 0.01);
        Assert.True(report.StartMs.P50 <= report.StartMs.P90 && report.StartMs.P90 <= report.StartMs.P99);
        Assert.InRange(report.StutterShare, 0, 0.05);
        Assert.InRange(report.OverheadShare, 0, 0.2);
        Assert.True(run.Floor.FloorOfPresence <= run.Floor.Floor);
        Assert.True(run.Floor.Floor <= bytes.Production + bytes.Master + 0.05);
    }

    [Fact]
    public void Run_WithoutPeers_PlaysTheSameFromServersAlone()
    {
        var (with, without) = (Run("ours", seed: 3), Run("ours", seed: 3, peers: false));

        Assert.Equal(0, without.Meter.Played.Peers);
        Assert.Equal(0, without.Network.PeerBytes);
        Assert.Equal(with.Meter.Plays, without.Meter.Plays, with.Meter.Plays * 0.02);
        Assert.Equal(with.Meter.Played.Total, without.Meter.Played.Total, with.Meter.Played.Total * 0.02);
    }

    [Fact]
    public void Run_Release_IsPlayedByManyAtOnce()
    {
        var (calm, flash) = (Run("ours", seed: 4), Run("flash", seed: 4));

        Assert.True(flash.Meter.Plays > calm.Meter.Plays + 10);
    }

    [Fact]
    public void Run_Outage_CountsThePlaysItMet()
    {
        var run = Run("outage", seed: 4);

        Assert.True(run.Outage.Met > 10);
        Assert.InRange(run.Outage.WentOn, 1, run.Outage.Met);
    }

    [Fact]
    public void Run_Cancelled_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() =>
            new ScenarioRun(Options("ours", 1)).Run(static (_, _) => { }, cancelled.Token));
    }

    private static RunOptions Options(string name, ulong seed) => new()
    {
        Scenario = ScenarioBook.Find(name)!,
        Clients = 120,
        Hours = 0.5,
        WarmUpHours = 0.25,
        Seed = seed,
    };

    private static ScenarioRun Run(string name, ulong seed, bool peers = true)
    {
        var options = Options(name, seed);
        var run = new ScenarioRun(peers ? options : options with { Scenario = options.Scenario.WithoutPeers() });
        run.Run(static (_, _) => { }, CancellationToken.None);
        return run;
    }

    // What the machine makes of it is no part of the comparison.
    private static SimulationReport Report(string name, ScenarioRun run) =>
        ReportMaker.Make(Options(name, 1), run) with { WallS = 0, PeakRssMb = 0 };
}
