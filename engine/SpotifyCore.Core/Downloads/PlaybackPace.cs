namespace SpotifyCore.Core.Downloads;

/// <summary>How a playback point moves.</summary>
public enum PlaybackPace : byte
{
    /// <summary>It does not: not sounding yet, or paused. Deadlines are those of a start at this moment.</summary>
    Still = 0,

    /// <summary>In real time.</summary>
    Running,

    /// <summary>As fast as chunks come: into a file, or nowhere.</summary>
    Unpaced,
}
