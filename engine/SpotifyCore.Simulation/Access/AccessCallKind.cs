namespace SpotifyCore.Simulation.Access;

/// <summary>What a client wants of the access point.</summary>
internal enum AccessCallKind : byte
{
    /// <summary>To open a track.</summary>
    Open = 0,

    /// <summary>To know who has a file.</summary>
    FindPeers,

    /// <summary>To have it known that it holds a whole file. No answer.</summary>
    Held,

    /// <summary>To have a peer connect to it. No answer.</summary>
    Reverse,

    /// <summary>To have it known that a peer lied. No answer.</summary>
    Report,

    /// <summary>To log in.</summary>
    LogIn,
}
