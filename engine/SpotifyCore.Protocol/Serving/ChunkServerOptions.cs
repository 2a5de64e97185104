using System.ComponentModel.DataAnnotations;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;

namespace SpotifyCore.Protocol.Serving;

/// <summary>The limits of a server.</summary>
public sealed class ChunkServerOptions
{
    /// <summary>Connections served at once; one more is refused.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 4096;

    /// <summary>Connections served at once from one IP address (loopback excepted); one more is refused.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnectionsPerAddress { get; set; } = 256;

    /// <summary>Requests in flight taken from one connection.</summary>
    [Range(1, 1024)]
    public ushort RequestLimit { get; set; } = 64;

    /// <summary>Bytes gathered into one write to a connection.</summary>
    [Range(32 * 1024, 4 * 1024 * 1024)]
    public int SendBatchBytes { get; set; } = 272 * 1024;

    /// <summary>Memory of all batches together; a request beyond it is answered with busy.</summary>
    [Range(1L << 20, 64L << 30)]
    public long MaxSendMemoryBytes { get; set; } = 256L << 20;

    /// <summary>Files taken in at once over one connection.</summary>
    [Range(1, 64)]
    public int MaxPuts { get; set; } = 4;

    /// <summary>Reads that wait for a farther tier at once, for one connection.</summary>
    [Range(1, 64)]
    public int MaxPendingReads { get; set; } = 4;

    /// <summary>Bytes of a chunk in one frame: 16 KiB, or less on a slow uplink.</summary>
    [Range(1024, Manifest.ChunkSize)]
    public int ChunkFrameBytes { get; set; } = Manifest.ChunkSize;

    /// <summary>Milliseconds after which a busy answer suggests to ask again.</summary>
    [Range(1, 60_000)]
    public int BusyRetryMilliseconds { get; set; } = 100;

    /// <summary>How long a write to a connection may take before it is given up: the far side does not read.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long those in flight may take once the server drains.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>From the connection to the end of the hello.</summary>
    public TimeSpan HelloTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Silence of the far side after which it is pinged.</summary>
    public TimeSpan PingAfter { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>Silence of the far side after which the connection is closed.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(120);

    internal PeerSessionOptions ToSession(bool takesPuts) => new()
    {
        Role = PeerRole.Node,
        RequestLimit = RequestLimit,
        TakesPuts = takesPuts,
        HelloTimeout = HelloTimeout,
        PingAfter = PingAfter,
        IdleTimeout = IdleTimeout,
    };
}
