namespace SpotifyCore.Backend.Offline;

/// <summary>What became of tracks that a device is to keep.</summary>
internal enum KeepOutcome
{
    /// <summary>It keeps them.</summary>
    Kept,

    /// <summary>The account has its devices, and this is none of them.</summary>
    TooManyDevices,

    /// <summary>With them it would have too many.</summary>
    TooManyTracks,
}
