namespace SpotifyCore.Core;

/// <summary>Why the core ends a connection.</summary>
public enum CloseReason : byte
{
    /// <summary>Nothing was exchanged for a while.</summary>
    Idle = 0,

    /// <summary>It sent a chunk that does not match its manifest: not spoken to again for a while (<c>BanFor</c>).</summary>
    WrongChunk,

    /// <summary>It was asked and stayed silent, more than once.</summary>
    Silent,

    /// <summary>It sent what nobody asked for, or more than the limits allow.</summary>
    Misbehaved,

    /// <summary>It, or its account, is banned.</summary>
    Banned,

    /// <summary>There are as many neighbours as the limit allows.</summary>
    Full,

    /// <summary>The same peer is connected another way.</summary>
    Duplicate,

    /// <summary>It did not come up in time.</summary>
    TimedOut,

    /// <summary>The node is no longer among those to use, or the line no longer one to use peers on.</summary>
    NotNeeded,

    /// <summary>It searched far more than the limits allow.</summary>
    Flooded,

    /// <summary>It asked for chunks and did not take them.</summary>
    Stalled,

    /// <summary>Its account has as many neighbours as one may have.</summary>
    AccountFull,
}
