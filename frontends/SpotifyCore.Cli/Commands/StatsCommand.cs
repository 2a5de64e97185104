using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Cli.Outcomes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore stats</c></summary>
internal static class StatsCommand
{
    private const int UsualPlays = 10;
    private const int MostPlays = 100;

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One line of JSON" };
        var limit = new Option<int?>("--limit")
        {
            Description = $"Plays at most, the latest, 1 to {MostPlays}; unless set {UsualPlays}, in JSON {MostPlays}",
            HelpName = "NUMBER",
        };
        limit.Validators.Add(static result =>
            WholeNumbers.Check(result, 1, MostPlays, $"is not 1 to {MostPlays}, which --limit takes."));
        var watch = new Option<bool>("--watch") { Description = "Again each second, until Ctrl-C" };
        var description = "Shows what was played since the daemon started, where it came from, and what is given to others.";
        var command = new Command("stats", description) { limit, json, watch };
        command.SetDesktopAction(async (parsed, desktop, cancellationToken) =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
            do
            {
                var stats = await desktop.GetStatsAsync(new GetStatsRequest(), cancellationToken: cancellationToken);
                Show(stats, parsed.GetValue(limit), parsed.GetValue(json));
            }
            while (parsed.GetValue(watch) && await timer.WaitForNextTickAsync(cancellationToken));

            return ExitCodes.Done;
        });
        return command;
    }

    private static void Show(Stats stats, int? limit, bool json)
    {
        var count = stats.Plays.Count;
        PlayReport[] plays = [.. stats.Plays.TakeLast(limit ?? (json ? MostPlays : UsualPlays))];
        if (json)
        {
            Console.WriteLine(JsonLines.Stats(stats, plays));
            return;
        }

        if (count == 0)
            Console.WriteLine("Nothing was played yet.");
        if (plays.Length < count)
            Console.WriteLine($"The latest {plays.Length} of {count} plays; --limit {MostPlays} shows all of them:");
        foreach (var play in plays)
            Console.WriteLine(TextLines.Played(play));

        if (TextLines.Shares(stats.Played) is { Length: > 0 } shares)
            Console.WriteLine($"In all: {shares}");
        Console.WriteLine($"The cache holds {ByteCount.Format(stats.CacheBytes)} of {ByteCount.Format(stats.CacheLimit)};"
            + $" {TextLines.Count(stats.Connections, "connection")} to other listeners and storage nodes");
        foreach (var line in UploadLines.Text(stats.Uploads))
            Console.WriteLine(line);
    }
}
