using System.ComponentModel.DataAnnotations;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>What a client says of itself, and its limits.</summary>
public sealed class ChunkClientOptions
{
    /// <summary>What it says it is.</summary>
    public PeerRole Role { get; set; } = PeerRole.Node;

    /// <summary>Requests in flight at most, if the server takes as many; further ones wait for their turn.</summary>
    [Range(1, 512)]
    public ushort RequestLimit { get; set; } = 64;

    /// <summary>Requests that wait for their turn at most; one more is answered with busy.</summary>
    [Range(0, 65_536)]
    public int WaitingLimit { get; set; } = 1024;

    /// <summary>From the start of connecting to the end of the hello.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a manifest, a have or an acknowledgement of a put may take.</summary>
    public TimeSpan ReplyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Silence of the server after which it is pinged, unless the role is a peer's.</summary>
    public TimeSpan PingAfter { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Silence of the server after which the connection is given up, unless the role is a peer's.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(45);

    internal PeerSessionOptions ToSession() => new()
    {
        Role = Role,
        RequestLimit = RequestLimit,
        Serves = false,
        HelloTimeout = ConnectTimeout,
        PingAfter = PingAfter,
        IdleTimeout = IdleTimeout,
    };
}
