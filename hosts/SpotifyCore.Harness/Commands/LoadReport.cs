using System.Diagnostics;
using SpotifyCore.Simulation.Loads;

namespace SpotifyCore.Harness.Commands;

/// <summary>Says how quickly a load runs, what it costs, and in short what came of it.</summary>
internal sealed class LoadReport(LoadRun run, LoadOptions options, TextWriter output)
{
    private readonly Process _process = Process.GetCurrentProcess();
    private readonly long _heldBefore = GC.GetTotalMemory(forceFullCollection: true);
    private readonly long _allocatedBefore = GC.GetTotalAllocatedBytes();
    private readonly TimeSpan _workedBefore = Process.GetCurrentProcess().TotalProcessorTime;
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    private double Worked
    {
        get
        {
            _process.Refresh();
            return (_process.TotalProcessorTime - _workedBefore).TotalSeconds;
        }
    }

    public void Progress()
    {
        var world = run.World;
        output.WriteLine($"{world.Now.Ticks / (double)TimeSpan.TicksPerHour,6:F2} h {run.Plays,8} plays "
            + $"{world.Events,12} events {world.CoreEvents,12} to cores {world.Network.OpenEnds / 2,7} connections "
            + $"{world.Waiting,8} wait {_watch.Elapsed.TotalSeconds,7:F1} s ({Worked:F1} s of work)");
    }

    public void Finish()
    {
        var (world, worked, plays) = (run.World, Worked, Math.Max(1.0, run.Plays));
        var allocated = (GC.GetTotalAllocatedBytes() - _allocatedBefore) / (double)world.Events;
        var grown = (GC.GetTotalMemory(forceFullCollection: true) - _heldBefore) / 1024.0 / options.Clients;
        output.WriteLine($"{run.Plays} plays in {_watch.Elapsed.TotalSeconds:F1} s, {worked:F1} s of work: "
            + $"{run.Plays / worked:F0} plays/s, {world.Events / worked:F0} events/s, "
            + $"{world.CoreEvents / plays:F0} events to cores a play");
        output.WriteLine($"{grown:F0} KiB a client grown, peak {_process.PeakWorkingSet64 / 1048576.0:F0} MiB in all, "
            + $"{allocated:F1} B allocated an event");
        var bytes = run.PlayedBytes;
        var all = Math.Max(1.0, bytes[1] + bytes[2] + bytes[3] + bytes[4]);
        output.WriteLine($"cache {bytes[1] / all:P1}, peers {bytes[2] / all:P1}, production {bytes[3] / all:P1}, "
            + $"master {bytes[4] / all:P1}; {run.Stuttering / plays:P2} of plays stutter");
        double[] starts = [.. run.Starts.Order()];
        output.WriteLine($"start p50 {At(starts, 0.5):F0} p90 {At(starts, 0.9):F0} p99 {At(starts, 0.99):F0} ms");
        foreach (var violation in world.Checks.Violations.Take(10))
            output.WriteLine($"BROKEN at {violation.At}, host {violation.Host}: {violation.Text}");

        output.WriteLine($"seed {options.Seed}, trace {world.Trace:x16}");
    }

    private static double At(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[(int)(share * (sorted.Length - 1))];
}
