namespace SpotifyCore.Contracts.Endpoints;

/// <summary>What carries a connection.</summary>
public enum EndpointKind
{
    /// <summary>TCP in clear.</summary>
    Http,

    /// <summary>TCP with TLS.</summary>
    Https,

    /// <summary>A Unix socket, in clear.</summary>
    Unix,
}
