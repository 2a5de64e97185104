using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>What a client says of itself, and its limits.</summary>
public sealed class ChunkClientOptions
{
    /// <summary>What it says it is.</summary>
    public PeerRole Role { get; set; } = PeerRole.Node;

    /// <summary>From the start of connecting to the end of the hello.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a manifest, a have or an acknowledgement of a put may take.</summary>
    public TimeSpan ReplyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Silence of the server after which it is pinged.</summary>
    public TimeSpan PingAfter { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Silence of the server after which the connection is given up.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(45);

    internal PeerSessionOptions ToSession() => new()
    {
        Role = Role,
        Serves = false,
        HelloTimeout = ConnectTimeout,
        PingAfter = PingAfter,
        IdleTimeout = IdleTimeout,
    };
}
