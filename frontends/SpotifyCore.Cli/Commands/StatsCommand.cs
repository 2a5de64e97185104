using System.CommandLine;
using SpotifyCore.Cli.Display;
using SpotifyCore.Rpc.Contracts;

namespace SpotifyCore.Cli.Commands;

/// <summary><c>spotifycore stats</c></summary>
internal static class StatsCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One line of JSON" };
        var command = new Command("stats", "Shows what the daemon has played, and from where.") { json };
        command.SetDesktopAction(async (parsed, channel, cancellationToken) =>
        {
            var stats = await channel.UnaryAsync(DesktopMethods.GetStats, new GetStatsRequest(), cancellationToken);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonLines.Stats(stats));
                return 0;
            }

            foreach (var play in stats.Plays)
            {
                var start = play.StartMs < 0 ? "silent" : TextLines.Milliseconds(play.StartMs);
                Console.WriteLine(
                    $"{play.Track}  {start,10}  {play.Stutters} stutters  {TextLines.Shares(play.Bytes)}");
            }

            Console.WriteLine($"In all  {TextLines.Shares(stats.Played)}");
            Console.WriteLine($"Given to peers {stats.Uploaded >> 10:N0} KiB; cache {stats.CacheBytes >> 20:N0} of"
                + $" {stats.CacheLimit >> 20:N0} MiB; {stats.Connections} connections");
            return 0;
        });
        return command;
    }
}
