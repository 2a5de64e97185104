namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>What the first bytes of a connection are.</summary>
internal enum ClientHelloVerdict
{
    /// <summary>The beginning of a ClientHello; more has to come.</summary>
    Partial,

    /// <summary>A whole ClientHello.</summary>
    Whole,

    /// <summary>Something else, or a ClientHello that is too long.</summary>
    Wrong,
}
