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
        var description = "Shows what the daemon has played, and from where; and what it gives to others.";
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

            return 0;
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

        foreach (var play in stats.Plays)
        {
            var start = play.StartMs < 0 ? "silent" : TextLines.Milliseconds(play.StartMs);
            Console.WriteLine(
                $"{play.Track}  {start,10}  {play.Stutters} stutters  {TextLines.Shares(play.Bytes)}");
        }

        Console.WriteLine($"In all  {TextLines.Shares(stats.Played)}");
        Console.WriteLine($"Cache {stats.CacheBytes >> 20:N0} of {stats.CacheLimit >> 20:N0} MiB;"
            + $" {stats.Connections} connections");
        foreach (var line in UploadLines.Text(stats.Uploads))
            Console.WriteLine(line);
    }
}
