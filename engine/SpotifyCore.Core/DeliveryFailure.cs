namespace SpotifyCore.Core;

/// <summary>Why a play could not go on, or was not to.</summary>
public enum DeliveryFailure : byte
{
    /// <summary>It did not fail.</summary>
    None = 0,

    /// <summary>The access point does not know the track.</summary>
    UnknownTrack,

    /// <summary>The account may not hear it.</summary>
    NotAllowed,

    /// <summary>The access point is out of reach and the track can't be opened without it.</summary>
    AccessPointUnreachable,

    /// <summary>No cache, peer or node gave the next chunk for as long as the options allow.</summary>
    NoSource,

    /// <summary>Nobody is logged in, and the track can't be opened without an account.</summary>
    NotLoggedIn,

    /// <summary>The player can't go on with it: what the file holds is damaged, or the output is gone.</summary>
    Player,

    /// <summary>The listener chose another before it sounded.</summary>
    Replaced,

    /// <summary>The listener stopped the playback before it sounded.</summary>
    Stopped,

    /// <summary>The listener paused before it was begun.</summary>
    Paused,

    /// <summary>An advert plays, which is heard to its end first.</summary>
    AdvertPlays,

    /// <summary>The account plays on another device.</summary>
    PlaysElsewhere,
}
