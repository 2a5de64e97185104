namespace SpotifyCore.Backend.Mending;

/// <summary>The catalogue can't be mended so; the message says why and is meant for people.</summary>
internal sealed class MendException(string message) : Exception(message)
{
    /// <summary>Whether what was named is not there.</summary>
    public bool IsMissing { get; init; }
}
