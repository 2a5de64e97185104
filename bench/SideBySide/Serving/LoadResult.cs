using SpotifyCore.Content.Manifests;

namespace SpotifyCore.SideBySide.Serving;

/// <summary>What a server did under load.</summary>
/// <param name="Chunks">Chunks of 16 KiB that it gave.</param>
/// <param name="Seconds">How long that took.</param>
/// <param name="ServerCpuSeconds">Processor time of the server meanwhile.</param>
internal readonly record struct LoadResult(double Chunks, double Seconds, double ServerCpuSeconds)
{
    /// <summary>Chunks a second.</summary>
    public double Rate => Chunks / Seconds;

    /// <summary>Seconds of a core for each 10^9 bytes of chunks.</summary>
    public double CpuPerGigabyte => ServerCpuSeconds / (Chunks * Manifest.ChunkSize / 1e9);
}
