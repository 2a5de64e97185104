using SpotifyCore.Content.Identity;
using SpotifyCore.Delivery.Buffering;
using SpotifyCore.Delivery.Downloads;
using SpotifyCore.Delivery.Nodes;
using SpotifyCore.Swarm.Neighbours;
using SpotifyCore.Swarm.Searching;
using SpotifyCore.Swarm.Uploads;

namespace SpotifyCore.Client.Core;

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
