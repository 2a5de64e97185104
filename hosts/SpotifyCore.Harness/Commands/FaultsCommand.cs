using SpotifyCore.Harness.Faults;

namespace SpotifyCore.Harness.Commands;

/// <summary>Runs schedules of faults, one a seed; fails when something did not hold in one of them.</summary>
internal static class FaultsCommand
{
    private const int ViolationsShown = 5;

    public static int Run(CommandLine line, TextWriter output)
    {
        var (first, last) = line.Range("seeds", assumed: 1);
        var options = new FaultOptions(first, (int)line.Number("clients", 50), line.Number("hours", 2));
        line.RefuseRest();
        var broken = 0;
        for (var seed = first; seed <= last; seed++)
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
