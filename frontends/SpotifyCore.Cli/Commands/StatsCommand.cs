using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore stats</c></summary>
internal static class StatsCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One line of JSON" };
        var watch = new Option<bool>("--watch") { Description = "Again each second, until Ctrl-C" };
        var description = "Shows what was played since the daemon started, where it came from, and what is given to others.";
        var command = new Command("stats", description) { json, watch };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
            do
            {
                var stats = await desktop.GetStatsAsync(new GetStatsRequest(), cancellationToken: cancellationToken);
                Show(stats, parsed.GetValue(json));
            }
            while (parsed.GetValue(watch) && await timer.WaitForNextTickAsync(cancellationToken));

            return ExitCodes.Done;
        });
        return command;
    }

    private static void Show(Stats stats, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonLines.Stats(stats));
            return;
        }

        if (stats.Plays.Count == 0)
            Console.WriteLine("Nothing was played yet.");
        foreach (var play in stats.Plays)
            Console.WriteLine(TextLines.Played(play));

        if (TextLines.Shares(stats.Played) is { Length: > 0 } shares)
            Console.WriteLine($"In all: {shares}");
        Console.WriteLine($"The cache holds {ByteCount.Format(stats.CacheBytes)} of {ByteCount.Format(stats.CacheLimit)};"
            + $" {TextLines.Count(stats.Connections, "connection")} to other listeners and storage");
        foreach (var line in UploadLines.Text(stats.Uploads))
            Console.WriteLine(line);
    }
}
