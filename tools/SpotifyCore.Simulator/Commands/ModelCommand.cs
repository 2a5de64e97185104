using System.CommandLine;
using SpotifyCore.Simulator.Listening;

namespace SpotifyCore.Simulator.Commands;

/// <summary>Prints what the model of the world gives by itself, beside the published figures.</summary>
internal static class ModelCommand
{
    private static readonly SharedOptions Shared = new();

    /// <summary>The command with its action.</summary>
    public static Command Create()
    {
        var command = new Command("model", "The model of the world alone, beside the published figures")
        {
            Shared.Clients, Shared.Seed, Shared.Vary,
        };
        command.SetAction(static parsed =>
        {
            Write(parsed);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Write(ParseResult parsed)
    {
        var options = Shared.Read(parsed, "paper");
        var world = options.Model().Make(options.Seed);
        var day = new WarmUp(world.Catalogue, world.Clients, world.Model, world.Seed);
        var plays = (double)day.Plays;
        var output = Console.Out;
        var (hours, online) = (day.Seconds / 3600, day.OnlineByHour.Sum() / 3600);
        var peak = day.ListeningByHour.Max();
        output.WriteLine($"{options.Clients:n0} clients, {world.Catalogue.Count:n0} tracks, seed {options.Seed}");
        Row("plays a client and day", $"{plays / day.Clients:0.0}", "");
        Row("hours listened a client and day", $"{hours / day.Clients:0.00}", "");
        Row("hours online a client and day", $"{online / day.Clients:0.00}", "");
        Row("plays that were picked", Percent(day.Picks / plays), "39 %");
        Row("  of what was kept", Percent(world.Model.Listening.Familiar), "");
        Row("skipped within 5 s", Percent(day.EarlySkips / plays), "24 %");
        Row("skipped at all", Percent(day.Skips / plays), "48.6 %");
        Row("skips an hour listened", $"{day.Skips / hours:0.0}", "14.65");
        Row("plays of the top 12 % of tracks", Percent(day.PlaysOfTop(0.12)), "88 %");
        Row("plays not cached, of the top 21 %", Percent(day.MissesOfTop(0.21)), "79 % (server requests)");
        Row("heard from what was kept", Percent(day.CachedShare), "55.4 % (cache)");
        Row("copies of a track in all caches, mean", $"{day.Copies / (double)world.Catalogue.Count:0}", "");
        var byHour = day.ListeningByHour.Select(seconds => $"{100 * seconds / peak:0}");
        Row("listening by hour, % of its peak", string.Join(' ', byHour), "");

        void Row(string name, string here, string original) =>
            output.WriteLine($"  {name,-42} {here,-12} {original}".TrimEnd());
    }

    private static string Percent(double share) => $"{100 * share:0.0} %";
}
