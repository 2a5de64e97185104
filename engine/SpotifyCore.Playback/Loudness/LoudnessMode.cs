namespace SpotifyCore.Playback.Loudness;

/// <summary>Which measured level is brought to the reference of -18 LUFS.</summary>
public enum LoudnessMode
{
    /// <summary>None: samples pass as they were decoded.</summary>
    Off,

    /// <summary>The track's own.</summary>
    Track,

    /// <summary>
    /// The album's, so that quiet tracks of an album stay quiet; the track's where there is no album.
    /// </summary>
    Album,
}
