using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace SpotifyCore.Protocol.Transports;

/// <summary>Limits of transports over TCP.</summary>
public sealed class TransportOptions
{
    /// <summary>How long connecting may take, the TLS handshake included.</summary>
    [Description("How long connecting may take, the TLS handshake included.")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an accepted connection may stay silent before its TLS handshake.</summary>
    [Description("How long an accepted connection may stay silent before its TLS handshake.")]
    public TimeSpan FirstByteTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long an accepted connection may take from its first byte to the end of its ClientHello, and from there to the
    /// end of the handshake.
    /// </summary>
    [Description("How long each half of the TLS handshake of an accepted connection may take.")]
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The same once its ClientHello is there, while others wait for a slot.</summary>
    [Description("How long its second half may take while others wait for a slot.")]
    public TimeSpan ContendedHandshakeTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Accepted connections that have no slot yet; for one more, one goes of the address that has the most of them: the
    /// one that has shown least, among equals the oldest.
    /// </summary>
    [Description("Accepted connections that have no slot yet; for one more, one goes of whoever has the most.")]
    [Range(1, 65_536)]
    public int MaxWaitingHandshakes { get; set; } = 4096;

    /// <summary>Slots: handshakes at once. A connection needs one from its whole ClientHello on.</summary>
    [Description("Slots: handshakes of accepted connections at once.")]
    [Range(1, 4096)]
    public int MaxConcurrentHandshakes { get; set; } = 64;

    /// <summary>
    /// Connections from one address (one /64 of IPv6) that have a slot or wait for one with their ClientHello said;
    /// further ones are closed.
    /// </summary>
    [Description("Of one address, those with a slot or their hello said; further ones are closed.")]
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
