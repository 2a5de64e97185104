namespace SpotifyCore.Import.Sources;

/// <summary>A source file that can't be imported; the message is for people.</summary>
/// <param name="message">Why, in a few words.</param>
/// <param name="detail">What ffmpeg said of it; empty where it was not asked.</param>
internal sealed class SourceException(string message, string detail = "") : Exception(message)
{
    /// <summary>What ffmpeg said of it, for who looks into it; empty where it was not asked.</summary>
    public string Detail => detail;
}
