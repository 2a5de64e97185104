namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>How far an accepted socket has come.</summary>
internal enum HandshakeStage
{
    /// <summary>It has said nothing.</summary>
    Silent,

    /// <summary>A part of its ClientHello is there.</summary>
    Speaking,

    /// <summary>Its ClientHello is there, and it waits for a slot.</summary>
    Ready,

    /// <summary>It has a slot, and its handshake is worked at.</summary>
    UnderWay,

    /// <summary>It is done, has failed, or had to go.</summary>
    Over,
}
