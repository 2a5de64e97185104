using SpotifyCore.Simulator.Running;
using SpotifyCore.Simulator.Scenarios;

namespace SpotifyCore.Simulator.Reporting;

/// <summary>Draws up what a run gave.</summary>
internal static class ReportMaker
{
    /// <summary>The report.</summary>
    public static SimulationReport Make(RunOptions options, ScenarioRun run)
    {
        var (meter, network) = (run.Meter, run.Network);
        return new SimulationReport
        {
            Scenario = options.Scenario.Name,
            Seed = options.Seed,
            Clients = options.Clients,
            Hours = options.Hours,
            Plays = meter.Plays,
            BytesShare = BytesShare.Of(meter.Played),
            StartMs = StartTimes.Of(meter.Starts),
            StartClickMs = StartTimes.Of(meter.ClickStarts),
            StutterShare = Share(meter.Stuttered, meter.Plays),
            FailedShare = Math.Round(meter.FailedShare, 5),
            OverheadShare = Share(network.PeerBytes - network.PeerUsefulBytes, network.PeerBytes),
            WastedShare = Math.Round(meter.WastedShare, 5),
            Search = meter.Search,
            MasterShareOfServerRequests = Share(network.MasterRequests, network.NodeRequests),
            Events = run.Events,
            WallS = Math.Round(run.WallSeconds, 1),
            PeakRssMb = Math.Round(ProcessMemory.PeakMegabytes(), 1),
        };
    }

    private static double Share(long part, long all) => all <= 0 ? 0 : Math.Round(Math.Max(0, part) / (double)all, 5);
}
