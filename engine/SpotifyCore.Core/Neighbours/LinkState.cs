namespace SpotifyCore.Core.Neighbours;

/// <summary>How far a connection has come.</summary>
internal enum LinkState : byte
{
    /// <summary>Asked for, not up yet.</summary>
    Connecting = 0,

    /// <summary>Messages may be exchanged.</summary>
    Open,

    /// <summary>The remote peer takes no new requests.</summary>
    Leaving,

    /// <summary>Over; kept by nobody.</summary>
    Closed,
}
