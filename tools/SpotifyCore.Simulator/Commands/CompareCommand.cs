using System.CommandLine;
using SpotifyCore.Simulator.Reporting;
using SpotifyCore.Simulator.Scenarios;
using SpotifyCore.Simulator.Statistics;

namespace SpotifyCore.Simulator.Commands;

/// <summary>Runs a scenario with and without peers over several seeds and prints the paired differences.</summary>
internal static class CompareCommand
{
    private static readonly SharedOptions Shared = new();

    private static readonly Option<int> Seeds = new("--seeds")
    {
        Description = "How many seeds, from --seed on; 5 unless set",
        DefaultValueFactory = static _ => 5,
    };

    private static readonly Option<bool> AmpleServers = new("--ample-servers")
    {
        Description = "Servers that are never short beside the peers too: what is left is what peers do",
    };

    /// <summary>What is compared: more of it is worse.</summary>
    internal static readonly Measure[] Measures =
    [
        new("plays with a stutter", "%", static report => 100 * report.StutterShare),
        new("plays that failed", "%", static report => 100 * report.FailedShare),
        new("start of sound p50", "ms", static report => report.StartMs.P50),
        new("start of sound p90", "ms", static report => report.StartMs.P90),
        new("start of sound p99", "ms", static report => report.StartMs.P99),
        new("clicks p50", "ms", static report => report.StartClickMs.P50),
        new("clicks p90", "ms", static report => report.StartClickMs.P90),
        new("clicks p99", "ms", static report => report.StartClickMs.P99),
    ];

    /// <summary>The command with its action.</summary>
    public static Command Create()
    {
        Seeds.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var typed }]
                && !(int.TryParse(typed, out var seeds) && seeds is >= 1 and <= 100))
                result.AddError("--seeds must be 1 to 100");
        });
        var command = new Command("compare", "With peers against servers alone (never short), paired by seed")
        {
            Shared.Scenario, Shared.Clients, Shared.Hours, Shared.WarmUp, Shared.Seed, Shared.Vary, Seeds, AmpleServers,
        };
        command.SetAction(static (parsed, cancellation) => Task.FromResult(Compare(parsed, cancellation)));
        return command;
    }

    private static int Compare(ParseResult parsed, CancellationToken cancellation)
    {
        var options = Shared.Read(parsed);
        if (parsed.GetValue(AmpleServers))
            options = options with { Scenario = options.Scenario.WithAmpleServers() };

        var (with, without) = (new List<SimulationReport>(), new List<SimulationReport>());
        for (var i = 0; i < parsed.GetValue(Seeds); i++)
        {
            var seeded = options with { Seed = options.Seed + (ulong)i };
            if (!TryRun(seeded, with, cancellation)
                || !TryRun(seeded with { Scenario = options.Scenario.WithoutPeers() }, without, cancellation))
                return ExitCodes.Failed;
        }

        Console.WriteLine();
        Console.WriteLine(
            $"{options.Scenario.Name}, {options.Clients:n0} clients, {options.Hours:0.##} h, seeds {options.Seed} to "
            + $"{with[^1].Seed}: with peers against servers alone, mean difference and its 95 % interval");
        Console.WriteLine($"  {"",-24} {"with peers",12} {"servers",12} {"difference",12} {"interval",24}");
        var isWorse = false;
        foreach (var measure in Measures)
            isWorse |= Write(measure, with, without);

        Console.WriteLine(isWorse ? "Worse than the servers alone, beyond chance." : "Nothing is worse beyond chance.");
        return isWorse ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static bool TryRun(RunOptions options, List<SimulationReport> reports, CancellationToken cancellation)
    {
        var run = SimulateCommand.Run(options, cancellation);
        if (!SimulateCommand.HasHeld(run))
            return false;

        var report = ReportMaker.Make(options, run);
        var servers = report.BytesShare.Production + report.BytesShare.Master;
        Console.WriteLine(
            $"{report.Scenario,-18} seed {report.Seed}: {report.Plays:n0} plays, servers {100 * servers:0.0} %, "
            + $"stutter {100 * report.StutterShare:0.000} %, "
            + $"start {report.StartMs.P50:0} / {report.StartMs.P90:0} / {report.StartMs.P99:0} ms");
        reports.Add(report);
        return true;
    }

    // Worse is what is worse beyond chance: the whole interval lies above nothing.
    private static bool Write(Measure measure, List<SimulationReport> with, List<SimulationReport> without)
    {
        var interval = PairedInterval.Of([.. with.Zip(without, (one, other) => measure.Of(one) - measure.Of(other))]);
        var isWorse = interval.Mean - interval.HalfWidth > 0;
        var span = $"[{interval.Mean - interval.HalfWidth:0.000}, {interval.Mean + interval.HalfWidth:0.000}]";
        Console.WriteLine(
            $"  {measure.Name,-24} {with.Average(measure.Of),12:0.000} {without.Average(measure.Of),12:0.000} "
            + $"{interval.Mean,12:+0.000;-0.000;0.000} {span,24} {measure.Unit} {(isWorse ? "worse" : "")}".TrimEnd());
        return isWorse;
    }

    /// <summary>Something that is compared.</summary>
    internal sealed record Measure(string Name, string Unit, Func<SimulationReport, double> Of);
}
