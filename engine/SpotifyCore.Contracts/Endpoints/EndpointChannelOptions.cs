using System.Net;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Contracts.Endpoints;

/// <summary>Where a channel leads, and its limits.</summary>
public sealed class EndpointChannelOptions
{
    /// <summary>
    /// "http://host:port" (HTTP/2 in clear), "https://host:port" (TLS) or "unix:/path" (a Unix socket, in clear).
    /// </summary>
    public required string Address { get; init; }

    /// <summary>
    /// With "https": the only key that the server may prove, whatever its certificate says. Null: the
    /// certificate must be one that the operating system trusts for the host.
    /// </summary>
    public PeerId? ServerId { get; init; }

    /// <summary>
    /// The address of this machine that connections come from, where it has several; the system's choice unless set.
    /// Means nothing to a Unix socket.
    /// </summary>
    public IPAddress? LocalAddress { get; init; }

    /// <summary>Most bytes of one message, either way; 16 MiB unless set.</summary>
    public int MaxMessageBytes { get; init; } = 16 << 20;

    /// <summary>How long connecting may take, TLS included; 10 s unless set.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Silence after which a connection with open calls is asked whether it lives; 30 s unless set, null never.
    /// An unanswered question breaks the connection, and its calls throw.
    /// </summary>
    public TimeSpan? KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an answer to that question may take; 20 s unless set.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
