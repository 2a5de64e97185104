using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SpotifyCore.SideBySide.Processes;

/// <summary>Processor time, in seconds.</summary>
internal static partial class ProcessorTime
{
    private const int Children = -1;

    /// <summary>Of this process, all threads.</summary>
    public static double OfThisProcess => Environment.CpuUsage.TotalTime.TotalSeconds;

    /// <summary>Of processes that run, each with all its threads.</summary>
    public static double Of(params ReadOnlySpan<int> processes)
    {
        var seconds = 0.0;
        foreach (var id in processes)
        {
            using var process = Process.GetProcessById(id);
            seconds += process.TotalProcessorTime.TotalSeconds;
        }

        return seconds;
    }

    /// <summary>Of the child processes that have ended, and of those they waited for.</summary>
    public static unsafe double OfEndedChildren
    {
        get
        {
            // struct rusage: seconds and microseconds as user, as system, and 14 other counters.
            var usage = stackalloc long[18];
            if (GetUsage(Children, usage) != 0)
                throw new InvalidOperationException("getrusage failed.");

            return usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6);
        }
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static unsafe partial int GetUsage(int who, long* usage);
}
