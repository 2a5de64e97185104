namespace SpotifyCore.Import.Sources;

/// <summary>A source file that can't be imported; the message is for people.</summary>
public sealed class SourceException(string message) : Exception(message);
