using System.ComponentModel.DataAnnotations;

namespace SpotifyCore.Protocol.Transports;

/// <summary>Limits of transports over TCP.</summary>
public sealed class TransportOptions
{
    /// <summary>How long connecting may take, the TLS handshake included.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the TLS handshake of an accepted connection may take.</summary>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Handshakes of accepted connections at once; further ones wait in the system's backlog.</summary>
    [Range(1, 4096)]
    public int MaxConcurrentHandshakes { get; set; } = 64;

    /// <summary>
    /// Of those, handshakes with one address (one /64 of IPv6) at once; further connections from there are closed.
    /// </summary>
    [Range(1, 4096)]
    public int MaxHandshakesPerAddress { get; set; } = 32;

    /// <summary>
    /// Bytes that the system keeps of what was sent and is not there yet; 0 for as many as it likes. Few, and what is
    /// urgent waits for few.
    /// </summary>
    [Range(0, 1 << 24)]
    public int SendBufferBytes { get; set; }

    /// <summary>Connections accepted and not yet taken by the server.</summary>
    [Range(1, 4096)]
    public int Backlog { get; set; } = 512;
}
