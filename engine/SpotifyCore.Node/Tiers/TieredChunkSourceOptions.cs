using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using SpotifyCore.Node.Configuration;

namespace SpotifyCore.Node.Tiers;

/// <summary>How a node fetches what it lacks.</summary>
public sealed class TieredChunkSourceOptions
{
    /// <summary>
    /// Chunks fetched beyond the first one that was missed, so that a cold play is not a round trip a chunk; 0 for
    /// none. 32 are 13 s at 320 kbps.
    /// </summary>
    [Description("Chunks of 16 KiB fetched beyond a missed one.")]
    [Range(0, 1024)]
    public int ReadAheadChunks { get; set; } = 32;

    /// <summary>
    /// Chunks on their way to this node at most, 16 KiB of memory each; reading ahead stops at half of it.
    /// </summary>
    [Description("Chunks on their way to this node at once.")]
    [Range(64, 1 << 16)]
    public int MaxFlights { get; set; } = 2048;

    /// <summary>How long a fetch over all tiers may take.</summary>
    [Description("How long a fetch over all tiers may take.")]
    [PositiveTime]
    public TimeSpan FetchTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
