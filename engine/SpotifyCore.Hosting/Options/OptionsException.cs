namespace SpotifyCore.Hosting.Options;

/// <summary>The operator's settings are wrong; the message says which and why, and is meant for them.</summary>
public sealed class OptionsException(string message) : Exception(message);
