namespace SpotifyCore.Simulation.Clients;

/// <summary>What a client's core hears of in a while.</summary>
internal enum PostKind : byte
{
    /// <summary>The cache says what it holds of a play's file.</summary>
    Presence = 1,

    /// <summary>A chunk was read for a play.</summary>
    Read,

    /// <summary>A chunk was written.</summary>
    Stored,

    /// <summary>Whether a file is held that a peer asked about.</summary>
    Held,

    /// <summary>A chunk was read for a peer.</summary>
    ReadForPeer,

    /// <summary>A chunk left for a peer, or was not wanted any more.</summary>
    Sent,

    /// <summary>A request could not even be sent.</summary>
    Busy,

    /// <summary>A connection has ended.</summary>
    Closed,

    /// <summary>A connection did not come up.</summary>
    ConnectFailed,

    /// <summary>How long the line takes.</summary>
    Delay,

    /// <summary>A chunk of a file that is kept was written.</summary>
    Kept,

    /// <summary>A file that is kept is durable.</summary>
    KeepingEnded,
}
