using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography.X509Certificates;

namespace SpotifyCore.Contracts.Serving;

/// <summary>Where an <see cref="GrpcServer"/> listens, and its limits.</summary>
public sealed class GrpcServerOptions
{
    /// <summary>
    /// Where to listen: "http://host:port" (HTTP/2 in clear), "https://host:port" (TLS) or "unix:/path"; several
    /// with ";" between them. Port 0 takes a free one. The host is an address, "localhost" or "*".
    /// </summary>
    [Required]
    public string Address { get; set; } = "";

    /// <summary>The certificate of "https", with its private key.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Most bytes of one message, either way; 16 MiB unless set.</summary>
    [Range(1 << 10, 1 << 30)]
    public int MaxMessageBytes { get; set; } = 16 << 20;

    /// <summary>Most connections at a time; 20,000 unless set.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>Most calls at a time on one connection; 100 unless set.</summary>
    [Range(1, 10_000)]
    public int MaxCallsPerConnection { get; set; } = 100;

    /// <summary>Seconds of silence after which a connection is asked whether it lives; 30 unless set.</summary>
    [Range(1, 86_400)]
    public int KeepAliveSeconds { get; set; } = 30;
}
