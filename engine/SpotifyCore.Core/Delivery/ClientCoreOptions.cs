using SpotifyCore.Content.Identity;
using SpotifyCore.Core.Buffering;
using SpotifyCore.Core.Downloads;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Core.Nodes;
using SpotifyCore.Core.Searching;
using SpotifyCore.Core.Uploads;

namespace SpotifyCore.Core.Delivery;

/// <summary>
/// Every constant of the client core, by the rule it belongs to. Not changed once a core was made with it.
/// </summary>
public sealed class ClientCoreOptions
{
    /// <summary>The client's own id, so that it never connects to itself; null when it has no key.</summary>
    public PeerId? Self { get; set; }

    /// <summary>Seed of the core's chance: the same events and seed give the same actions.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>Chunks from the first unused one that a play's feed takes; some 12 s at 160 kbps.</summary>
    public int FeedWindow { get; set; } = 16;

    /// <summary>True when the output takes samples at the pace they sound.</summary>
    public bool IsPaced { get; set; } = true;

    /// <summary>
    /// An event that comes so long after the wake asked for shows that the client did not run, 5 s: what was in flight is
    /// asked again, and counts against nobody.
    /// </summary>
    public TimeSpan SleepAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Neighbours.</summary>
    public NeighbourOptions Neighbours { get; set; } = new();

    /// <summary>Searches of the overlay.</summary>
    public SearchOptions Search { get; set; } = new();

    /// <summary>What is given to peers.</summary>
    public UploadOptions Uploads { get; set; } = new();

    /// <summary>Production nodes.</summary>
    public NodeOptions Nodes { get; set; } = new();

    /// <summary>How chunks are asked for.</summary>
    public DownloadOptions Downloads { get; set; } = new();

    /// <summary>How much music must lie ahead.</summary>
    public BufferOptions Buffer { get; set; } = new();

    /// <summary>The next track.</summary>
    public PrefetchOptions Prefetch { get; set; } = new();
}
