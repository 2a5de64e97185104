namespace SpotifyCore.Client;

/// <summary>A track can't be played; the message says why and is meant for the listener.</summary>
public sealed class PlaybackException(string message) : Exception(message)
{
    /// <summary>True when a login would help.</summary>
    public bool NeedsLogin { get; init; }
}
