using System.Diagnostics;

namespace SpotifyCore.Simulator.Reporting;

/// <summary>How large the process was.</summary>
internal static class ProcessMemory
{
    /// <summary>Its largest resident size so far, MB.</summary>
    public static double PeakMegabytes()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 / 1e6;
    }
}
