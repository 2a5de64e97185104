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

    /// <summary>A track was opened out of what was kept of it.</summary>
    Opened,

    /// <summary>How long the line takes.</summary>
    Delay,

    /// <summary>The player ended a play that it was told to end.</summary>
    Ended,

    /// <summary>The player can't go on with a play.</summary>
    Failed,

    /// <summary>The player ran dry for long enough to be heard.</summary>
    Stuttered,

    /// <summary>What should sound is silent, or sounds again.</summary>
    Silence,

    /// <summary>The player says where it is.</summary>
    Advanced,

    /// <summary>Nothing is left to be heard.</summary>
    Drained,
}
