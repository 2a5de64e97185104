using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace SpotifyCore.Protocol.Transports;

/// <summary>Limits of transports over TCP.</summary>
public sealed class TransportOptions
{
    /// <summary>How long connecting may take, the TLS handshake included.</summary>
    [Description("How long connecting may take, the TLS handshake included.")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the TLS handshake of an accepted connection may take.</summary>
    [Description("How long the TLS handshake of an accepted connection may take.")]
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Handshakes of accepted connections at once; further ones wait in the system's backlog.</summary>
    [Description("Handshakes of accepted connections at once; further ones wait.")]
    [Range(1, 4096)]
    public int MaxConcurrentHandshakes { get; set; } = 64;

    /// <summary>
    /// Of those, handshakes with one address (one /64 of IPv6) at once; further connections from there are closed.
    /// </summary>
    [Description("Of those, handshakes with one address; further connections from there are closed.")]
    [Range(1, 4096)]
    public int MaxHandshakesPerAddress { get; set; } = 32;

    /// <summary>
    /// Bytes that the system keeps of what was sent and is not there yet; 0 for as many as it likes. Few, and what is
    /// urgent waits for few.
    /// </summary>
    [Description("Bytes that the system keeps of what was sent; 0 for as many as it likes.")]
    [Range(0, 1 << 24)]
    public int SendBufferBytes { get; set; }

    /// <summary>Connections accepted and not yet taken by the server.</summary>
    [Description("Connections accepted and not yet taken by the server.")]
    [Range(1, 4096)]
    public int Backlog { get; set; } = 512;
}
