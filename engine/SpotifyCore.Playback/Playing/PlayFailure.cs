namespace SpotifyCore.Playback.Playing;

/// <summary>Why a play could not go on.</summary>
public enum PlayFailure
{
    /// <summary>What was unsealed is not the Opus stream that the manifest promises.</summary>
    Damaged,

    /// <summary>The feed was failed: the chunks can't be had.</summary>
    Undelivered,

    /// <summary>The output refused: no device, a full disk. The player has stopped.</summary>
    Output,
}
