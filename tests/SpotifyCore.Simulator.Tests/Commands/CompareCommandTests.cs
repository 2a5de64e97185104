using SpotifyCore.Simulator.Commands;
using SpotifyCore.Simulator.Reporting;
using SpotifyCore.Simulator.Running;
using SpotifyCore.Simulator.Scenarios;

namespace SpotifyCore.Simulator.Tests.Commands;

public sealed class CompareCommandTests
{
    [Fact]
    public void Measures_OfAnOutageWithoutPeers_CountWhatFailed()
    {
        var options = new RunOptions
        {
            Scenario = ScenarioBook.Find("outage")!.WithoutPeers(), Clients = 120, Hours = 0.5, WarmUpHours = 0.25, Seed = 4,
        };
        var run = new ScenarioRun(options);
        run.Run(static (_, _) => { }, CancellationToken.None);

        var measure = Assert.Single(CompareCommand.Measures, measure => measure.Name == "plays that failed");

        Assert.InRange(measure.Of(ReportMaker.Make(options, run)), 1, 50);
    }
}
