using System.CommandLine;
using SpotifyCore.Simulation.Loads;

namespace SpotifyCore.Harness.Commands;

/// <summary>Measures the harness itself.</summary>
internal static class LoadCommand
{
    private static readonly LoadOptions Defaults = new();

    private static readonly Option<ulong> Seed = Of("--seed", "Everything follows from it", Defaults.Seed);
    private static readonly Option<int> Clients = Of("--clients", "Clients in the world", Defaults.Clients);
    private static readonly Option<double> Hours = Of("--hours", "Virtual hours", Defaults.Hours);
    private static readonly Option<double> PlaysADay =
        Of("--plays-a-day", "Plays a client begins in a day", Defaults.PlaysADay);
    private static readonly Option<int> Tracks = Of("--tracks", "Tracks in the catalogue", Defaults.Tracks);
    private static readonly Option<int> CachedTracks =
        Of("--cached-tracks", "Tracks in each cache at first", Defaults.CachedTracks);

    /// <summary>The command with its action.</summary>
    public static Command Create()
    {
        var command = new Command("load", "Measures the harness itself.")
        {
            Seed, Clients, Hours, PlaysADay, Tracks, CachedTracks,
        };
        command.SetAction(static parsed => Run(Read(parsed), Console.Out));
        return command;
    }

    private static Option<T> Of<T>(string name, string description, T assumed) => new(name)
    {
        Description = $"{description}; {assumed} unless set", DefaultValueFactory = _ => assumed,
    };

    private static LoadOptions Read(ParseResult parsed) => new()
    {
        Seed = parsed.GetValue(Seed),
        Clients = parsed.GetValue(Clients),
        Hours = parsed.GetValue(Hours),
        PlaysADay = parsed.GetValue(PlaysADay),
        Tracks = parsed.GetValue(Tracks),
        CachedTracks = parsed.GetValue(CachedTracks),
    };

    private static int Run(LoadOptions options, TextWriter output)
    {
        var run = new LoadRun(options);
        var report = new LoadReport(run, options, output);
        run.Run(report.Progress);
        report.Finish();
        return run.World.Checks.Violations.Count == 0 ? 0 : 1;
    }
}
