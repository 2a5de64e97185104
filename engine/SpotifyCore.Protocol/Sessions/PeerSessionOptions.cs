using System.ComponentModel.DataAnnotations;
using SpotifyCore.Protocol.Messages;

namespace SpotifyCore.Protocol.Sessions;

/// <summary>What a side says of itself, and its limits.</summary>
public sealed class PeerSessionOptions
{
    /// <summary>What this side says it is.</summary>
    public PeerRole Role { get; set; } = PeerRole.Peer;

    /// <summary>Port at which this side accepts connections; 0 for none.</summary>
    public ushort ListenPort { get; set; }

    /// <summary>Requests in flight taken from the far side; the most that will be made of it.</summary>
    [Range(1, 1024)]
    public ushort RequestLimit { get; set; } = 64;

    /// <summary>True when chunks, manifests and haves may be asked of this side.</summary>
    public bool Serves { get; set; } = true;

    /// <summary>True when files may be put here.</summary>
    public bool TakesPuts { get; set; }

    /// <summary>True when a node may ask which files this side holds.</summary>
    public bool ListsFiles { get; set; }

    /// <summary>From the connection to the end of the hello.</summary>
    public TimeSpan HelloTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Silence between nodes after which the far side is pinged.</summary>
    public TimeSpan PingAfter { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>Silence between nodes after which the connection is closed.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>
    /// Silence after which the far side is pinged where a peer is at either end. Rare, because a peer's connections are
    /// many and mostly idle, at a node as at a peer, and each sign of life wakes both ends; often enough for home
    /// routers, which forget a silent connection after some minutes. Who answers a request too late is found out by the
    /// request, not by this.
    /// </summary>
    public TimeSpan PeerPingAfter { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>Silence after which the connection is closed where a peer is at either end.</summary>
    public TimeSpan PeerIdleTimeout { get; set; } = TimeSpan.FromMinutes(6);
}
