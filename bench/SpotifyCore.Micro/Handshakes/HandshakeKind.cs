namespace SpotifyCore.Micro.Handshakes;

/// <summary>Who shakes hands with whom.</summary>
internal enum HandshakeKind
{
    /// <summary>The engine's transport on both sides.</summary>
    Transport,

    /// <summary>A bare pair of streams that trusts a certificate of its own and builds no chain to the system's.</summary>
    Bare,

    /// <summary>A bare pair of streams as the framework sets it up: a chain against the system's roots.</summary>
    SystemRoots,
}
