using System.CommandLine;
using SpotifyCore.Simulator.Reporting;
using SpotifyCore.Simulator.Running;
using SpotifyCore.Simulator.Scenarios;

namespace SpotifyCore.Simulator.Commands;

/// <summary>Runs one scenario.</summary>
internal static class SimulateCommand
{
    private static readonly SharedOptions Shared = new();

    private static readonly Option<bool> NoPeers = new("--no-peers")
    {
        Description = "Without peers, with servers that are never short: what peers must not be worse than",
    };

    private static readonly Option<double> MostFailed = new("--most-failed")
    {
        Description = "Plays that may fail, in percent: with more it ends with 1; 1 unless set",
        DefaultValueFactory = static _ => 1,
    };

    private static readonly Option<string?> Report = new("--report") { Description = "File for the report, JSON" };

    private static readonly Option<string?> Plot = new("--plot") { Description = "Folder for the plots, SVG" };

    /// <summary>The root command with its action.</summary>
    public static RootCommand Create()
    {
        var command = new RootCommand("Simulates a day of the network: the real engine, thousands of listeners.")
        {
            Shared.Scenario, Shared.Clients, Shared.Hours, Shared.WarmUp, Shared.Seed, Shared.Vary,
            NoPeers, MostFailed, Report, Plot,
        };
        MostFailed.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and <= 100))
                result.AddError("--most-failed must be 0 to 100");
        });
        command.SetAction(static (parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        command.Subcommands.Add(CompareCommand.Create());
        command.Subcommands.Add(ModelCommand.Create());
        command.Subcommands.Add(SessionCommand.Create());
        return command;
    }

    /// <summary>Runs to the end, telling of progress.</summary>
    public static ScenarioRun Run(RunOptions options, CancellationToken cancellation)
    {
        var progress = new ProgressLine(options);
        var run = new ScenarioRun(options);
        run.Run(progress.Show, cancellation);
        progress.Clear();
        return run;
    }

    /// <summary>True when all held that must; says what did not.</summary>
    public static bool HasHeld(ScenarioRun run)
    {
        foreach (var violation in run.Violations.Take(10))
            Console.Error.WriteLine($"spotifycore-simulate: broken: {violation.Text} (host {violation.Host})");

        return run.Violations.Count == 0;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var options = Shared.Read(parsed);
        if (parsed.GetValue(NoPeers))
            options = options with { Scenario = options.Scenario.WithoutPeers() };

        // What can't be written is said before the hour of work, not after.
        var (file, folder) = (parsed.GetValue(Report), parsed.GetValue(Plot));
        if (!OutputFiles.CanWrite(file, folder, out var problem))
        {
            Console.Error.WriteLine("spotifycore-simulate: " + problem);
            return ExitCodes.Misused;
        }

        var run = Run(options, cancellation);
        var report = ReportMaker.Make(options, run);
        RunSummary.Write(Console.Out, options, run, report);
        if (file is not null)
            File.WriteAllText(file, ReportJson.Write(report) + "\n");

        if (folder is not null)
            OutputFiles.WritePlots(folder, options, run);

        var hasHeld = HasHeld(run);
        var failed = 100 * run.Meter.FailedShare;
        var mayFail = parsed.GetValue(MostFailed);
        if (failed > mayFail)
            Console.Error.WriteLine($"spotifycore-simulate: {failed:0.00} % of the plays failed, {mayFail:0.##} % may");

        return hasHeld && failed <= mayFail ? ExitCodes.Done : ExitCodes.Failed;
    }
}
