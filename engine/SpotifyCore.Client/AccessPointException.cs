namespace SpotifyCore.Client;

/// <summary>The access point could not be reached or could not do what was asked.</summary>
public sealed class AccessPointException(string message, Exception inner) : Exception(message, inner);
