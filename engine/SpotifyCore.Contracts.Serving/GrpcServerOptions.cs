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

    /// <summary>
    /// Most connections at a time; 20,000 unless set. A new one displaces one of the address that has the most, or is
    /// turned away if it is from there.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>Most calls at a time on one connection; 100 unless set.</summary>
    [Range(1, 10_000)]
    public int MaxCallsPerConnection { get; set; } = 100;

    /// <summary>Most connections at a time from one address (a /64 of IPv6); 2,000 unless set.</summary>
    [Range(1, 1_000_000)]
    public int MaxConnectionsPerAddress { get; set; } = 2_000;

    /// <summary>
    /// Most connections of strangers at a time: those on which no call has shown yet who calls; 4,096 unless set. A new
    /// one displaces one of the address that has the most: that has waited longest without a whole message.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxStrangers { get; set; } = 4_096;

    /// <summary>Of these, most from one address; 256 unless set.</summary>
    [Range(1, 1_000_000)]
    public int MaxStrangersPerAddress { get; set; } = 256;

    /// <summary>
    /// Of the strangers' connections, most that are served before something whole has come on them, or while nothing
    /// more does; 128 unless set. Further ones wait for their turn.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxSilentStrangers { get; set; } = 128;

    /// <summary>Most calls at a time on a stranger's connection; 4 unless set.</summary>
    [Range(1, 10_000)]
    public int MaxStrangerCalls { get; set; } = 4;

    /// <summary>Seconds in which a stranger has to say something whole, again and again; 5 unless set.</summary>
    [Range(1, 3_600)]
    public int StrangerSeconds { get; set; } = 5;

    /// <summary>The same from a stranger's turn on, while others wait for theirs; 2 unless set.</summary>
    [Range(1, 3_600)]
    public int CrowdedStrangerSeconds { get; set; } = 2;

    /// <summary>Seconds in which a stream's first message has to begin where it has a limit; 10 unless set.</summary>
    [Range(1, 3_600)]
    public int FirstMessageSeconds { get; set; } = 10;

    /// <summary>Seconds of silence after which a connection is asked whether it lives; 30 unless set.</summary>
    [Range(1, 86_400)]
    public int KeepAliveSeconds { get; set; } = 30;
}
