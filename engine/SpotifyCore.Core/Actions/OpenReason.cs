namespace SpotifyCore.Core.Actions;

/// <summary>Why a track is opened, where an account plays on one device at a time.</summary>
public enum OpenReason : byte
{
    /// <summary>It comes by itself: it is opened where the account plays on no other device.</summary>
    GoesOn,

    /// <summary>A listener asked for it just now: the account plays here then, and no more where it played.</summary>
    Wanted,

    /// <summary>Nobody is to hear it yet: as what comes by itself, and the account does not play here by it.</summary>
    Paused,
}
