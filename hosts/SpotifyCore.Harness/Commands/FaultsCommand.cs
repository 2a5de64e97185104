using System.CommandLine;
using SpotifyCore.Simulation.Faults;

namespace SpotifyCore.Harness.Commands;

/// <summary>Runs schedules of faults, one a seed; fails when something did not hold in one of them.</summary>
internal static class FaultsCommand
{
    private const int ViolationsShown = 5;

    private static readonly Option<SeedRange> Seeds = new("--seeds")
    {
        HelpName = "1-1000",
        Description = "A seed, or the first and the last; 1 unless set",
        DefaultValueFactory = static _ => new SeedRange(1, 1),
        CustomParser = static result =>
        {
            var typed = result.Tokens[0].Value;
            if (!SeedRange.TryParse(typed, out var range))
                result.AddError($"'{typed}' is no seed and no range such as 1-1000, which --seeds takes.");

            return range;
        },
    };

    private static readonly Option<int> Clients = new("--clients")
    {
        Description = "Clients in the world; 50 unless set", DefaultValueFactory = static _ => 50,
    };

    private static readonly Option<double> Hours = new("--hours")
    {
        Description = "Virtual hours in which faults happen; 2 unless set", DefaultValueFactory = static _ => 2,
    };

    /// <summary>The command with its action.</summary>
    public static Command Create()
    {
        var command = new Command("faults", "Breaks things at random, a schedule a seed; exits with 1 if any broke.")
        {
            Seeds, Clients, Hours,
        };
        command.SetAction(static parsed => Run(
            parsed.GetValue(Seeds), parsed.GetValue(Clients), parsed.GetValue(Hours), Console.Out));
        return command;
    }

    private static int Run(SeedRange seeds, int clients, double hours, TextWriter output)
    {
        var options = new FaultOptions(seeds.First, clients, hours);
        var broken = 0;
        for (var seed = seeds.First; seed <= seeds.Last; seed++)
        {
            var result = new FaultRun(options with { Seed = seed }).Run();
            output.WriteLine(
                $"seed {seed}: {result.Events} events, {result.Plays} plays ({result.Failed} failed, "
                + $"{result.Stuttering} stuttered), {result.WrongBytes} wrong bytes refused, trace {result.Trace:x16}");
            if (result.Violations.Count == 0)
                continue;

            broken++;
            foreach (var violation in result.Violations.Take(ViolationsShown))
            {
                var seconds = violation.At.Ticks / (double)TimeSpan.TicksPerSecond;
                output.WriteLine($"  BROKEN at {seconds:F3} s, host {violation.Host}: {violation.Text}");
            }

            output.WriteLine($"  {result.Violations.Count} in all; replay: {result.Replay}");
        }

        output.WriteLine(broken == 0 ? "all held" : $"{broken} seeds broke something");
        return broken == 0 ? 0 : 1;
    }
}
