using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;

namespace SpotifyCore.Protocol.Serving;

/// <summary>The limits of a server.</summary>
public sealed class ChunkServerOptions
{
    /// <summary>
    /// Connections served at once; for one more, one goes of the address (a /64 of IPv6) that has the most, or it is
    /// refused if that is its own.
    /// </summary>
    [Description("Connections served at once; for one more, one goes of the address that has the most.")]
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 4096;

    /// <summary>
    /// Connections served at once from one IP address, or /64 of IPv6 (loopback excepted); one more is refused.
    /// </summary>
    [Description("Of those, from one address (this machine excepted).")]
    [Range(1, 1_000_000)]
    public int MaxConnectionsPerAddress { get; set; } = 256;

    /// <summary>Requests in flight taken from one connection.</summary>
    [Description("Requests in flight taken from one connection.")]
    [Range(1, 1024)]
    public ushort RequestLimit { get; set; } = 64;

    /// <summary>Bytes gathered into one write to a connection.</summary>
    [Description("Bytes gathered into one write to a connection.")]
    [Range(32 * 1024, 4 * 1024 * 1024)]
    public int SendBatchBytes { get; set; } = 272 * 1024;

    /// <summary>
    /// Memory of all batches together, of which an address (a /64 of IPv6) gets no more while it has more than is left;
    /// a request beyond that is answered with busy.
    /// </summary>
    [Description("Memory of all that waits to be sent, shared among addresses; requests beyond it are put off.")]
    [Range(1L << 20, 64L << 30)]
    public long MaxSendMemoryBytes { get; set; } = 256L << 20;

    /// <summary>Files taken in at once over one connection.</summary>
    [Description("Files taken in at once over one connection.")]
    [Range(1, 64)]
    public int MaxPuts { get; set; } = 4;

    /// <summary>Reads that wait for a farther tier at once, for one connection.</summary>
    [Description("Reads that wait for a farther tier at once, for one connection.")]
    [Range(1, 64)]
    public int MaxPendingReads { get; set; } = 4;

    /// <summary>Bytes of a chunk in one frame: 16 KiB, or less on a slow uplink.</summary>
    [Description("Bytes of a chunk sent in one piece: 16KiB, or less on a slow uplink.")]
    [Range(1024, Manifest.ChunkSize)]
    public int ChunkFrameBytes { get; set; } = Manifest.ChunkSize;

    /// <summary>Milliseconds after which a busy answer suggests to ask again.</summary>
    [Description("Milliseconds after which a request that was put off should be made again.")]
    [Range(1, 60_000)]
    public int BusyRetryMilliseconds { get; set; } = 100;

    /// <summary>How long a write to a connection may take before it is given up: the far side does not read.</summary>
    [Description("How long a write to a connection may take before it is given up.")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long those in flight may take once the server drains: less than a host may take to stop, so that the cache
    /// and the vault have time to close.
    /// </summary>
    [Description("How long requests in flight may take once the node stops.")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>From the connection to the end of the hello.</summary>
    [Description("How long a new connection may take to say who it is.")]
    public TimeSpan HelloTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Silence after which the far side is pinged where that is no peer; for peers see
    /// <see cref="PeerSessionOptions.PeerPingAfter"/>.
    /// </summary>
    [Description("Silence after which another node, or an import, is pinged.")]
    public TimeSpan PingAfter { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>
    /// Silence after which the connection is closed where the far side is no peer; for peers see
    /// <see cref="PeerSessionOptions.PeerIdleTimeout"/>.
    /// </summary>
    [Description("Silence after which the connection of another node, or an import, is closed.")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(120);

    internal PeerSessionOptions ToSession(bool takesPuts, bool listsFiles) => new()
    {
        Role = PeerRole.Node,
        RequestLimit = RequestLimit,
        TakesPuts = takesPuts,
        ListsFiles = listsFiles,
        HelloTimeout = HelloTimeout,
        PingAfter = PingAfter,
        IdleTimeout = IdleTimeout,
    };
}
