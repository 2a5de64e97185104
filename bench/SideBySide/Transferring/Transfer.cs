namespace SpotifyCore.SideBySide.Transferring;

/// <summary>What it took to bring all files from one process to another.</summary>
/// <param name="Seconds">From the first request until the last byte was on the disk.</param>
/// <param name="CpuSeconds">The processor time of both processes meanwhile.</param>
internal readonly record struct Transfer(double Seconds, double CpuSeconds)
{
    /// <summary>Figures of so many bytes: MB a second, and CPU seconds a GB.</summary>
    public double[] Of(long bytes) => [bytes / Seconds / 1e6, CpuSeconds / bytes * 1e9];
}
