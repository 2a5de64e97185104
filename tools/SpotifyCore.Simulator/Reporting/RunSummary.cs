using SpotifyCore.Simulator.Running;
using SpotifyCore.Simulator.Scenarios;

namespace SpotifyCore.Simulator.Reporting;

/// <summary>What a person reads after a run: the figures beside the original's.</summary>
internal static class RunSummary
{
    /// <summary>Writes it.</summary>
    public static void Write(TextWriter output, RunOptions options, ScenarioRun run, SimulationReport report)
    {
        var bytes = report.BytesShare;
        output.WriteLine();
        output.WriteLine($"{report.Scenario}: {options.Scenario.Summary}");
        output.WriteLine(
            $"  {report.Clients:n0} clients, {report.Hours:0.##} h, seed {report.Seed}, {report.Plays:n0} plays; "
            + $"trace {run.Trace:x16}");
        output.WriteLine();
        Row(output, "", "this run", "original");
        Row(output, "cache", Percent(bytes.Cache), "55.4 %");
        Row(output, "peers", Percent(bytes.Peers), "35.8 %");
        Row(output, "servers", Percent(bytes.Production + bytes.Master), "8.8 %");
        Row(output, "  of that from master", Percent(bytes.Master), "");
        Row(output, "  floor of an omniscient scheduler", Percent(run.Floor.Floor), "");
        Row(output, "  floor if lines had no limits", Percent(run.Floor.FloorOfPresence), "");
        Row(output, "start of sound p50 / p75 / p90 / p99", Times(report.StartMs), "265 / 515 / 1047 ms");
        Row(output, "  clicks only", Times(report.StartClickMs), "");
        Row(output, "  clicks of what was not cached", Times(StartTimes.Of(run.Meter.ColdClickStarts)), "");
        Row(output, "plays with a stutter", Percent(report.StutterShare), "1.0 %");
        Row(output, "  their silence p50 / p75 / p90 / p99", Times(StartTimes.Of(run.Meter.StutterTimes)), "");
        Row(output, "plays that failed", Percent(run.Meter.FailedShare), "");
        Row(output, "overhead on peer links", Percent(report.OverheadShare), "5.2 %");
        Row(output, "  with payload that was not played", Percent(Literal(run)), "");
        Row(output, "payload fetched, not played", Percent(report.WastedShare), "");
        Row(output, "searches: both / tracker / overlay / none", Searches(report.Search), "75.1 / 9.0 / 7.0 / 8.9 %");
        var (attempts, up) = (run.Network.Attempts, run.Network.Established);
        Row(output, "connection attempts that succeed", Percent(Share(up, attempts)), "35 %");
        Row(output, "server requests that reach master", Percent(report.MasterShareOfServerRequests), "");
        var served = run.Meter.ServedOfTop(0.21, run.Model.Catalogue.Count);
        Row(output, "plays by servers, of the top 21 % of tracks", Percent(served), "79 %");
        if (run.Outage.Met > 0)
            Row(output, $"of {run.Outage.Met:n0} plays in the outage went on", Percent(WentOn(run)), "");

        output.WriteLine();
        var speed = report.Events / Math.Max(0.1, report.WallS);
        output.WriteLine(
            $"  {report.Events:n0} events in {report.WallS:n0} s ({speed:n0}/s), {report.PeakRssMb:n0} MB");
    }

    private static void Row(TextWriter output, string name, string here, string original) =>
        output.WriteLine($"  {name,-42} {here,-30} {original}".TrimEnd());

    private static double WentOn(ScenarioRun run) => Share(run.Outage.WentOn, run.Outage.Met);

    private static double Literal(ScenarioRun run)
    {
        var all = run.Network.PeerBytes;
        return Share(all - run.Meter.Played.Peers, all);
    }

    private static double Share(long part, long all) => all <= 0 ? 0 : part / (double)all;

    private static string Percent(double share) => $"{100 * share:0.00} %";

    private static string Times(StartTimes times) =>
        $"{times.P50:0} / {times.P75:0} / {times.P90:0} / {times.P99:0} ms";

    private static string Searches(SearchShare search) =>
        $"{100 * search.TrackerAndOverlay:0.0} / {100 * search.TrackerOnly:0.0} / {100 * search.OverlayOnly:0.0} / "
        + $"{100 * search.None:0.0} %";
}
