using System.Runtime.InteropServices;

namespace SpotifyCore.Micro.Search;

/// <summary>
/// CPU time of the calling thread, on Linux. On a machine that has other work it is what something costs, and not how
/// long it waits for its turn.
/// </summary>
internal static partial class ThreadCpu
{
    private const int OfThread = 3; // CLOCK_THREAD_CPUTIME_ID

    /// <summary>So many milliseconds since the thread began.</summary>
    public static double Milliseconds
    {
        get
        {
            if (GetTime(OfThread, out var time) != 0)
                throw new InvalidOperationException("There is no clock of a thread's time here.");

            return (time.Seconds * 1e3) + (time.Nanoseconds / 1e6);
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
