namespace SpotifyCore.Playback.Playing;

/// <summary>How a play came to its end.</summary>
public enum PlayEnd
{
    /// <summary>Its last sample was handed to the output.</summary>
    Complete,

    /// <summary>It was stopped, or another took its place, before that; perhaps before it sounded at all.</summary>
    Stopped,
}
