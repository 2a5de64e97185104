namespace SpotifyCore.Client;

/// <summary>The access point refused: a wrong name or password, nobody logged in, or not within the plan.</summary>
public sealed class AccessDeniedException(string message, Exception? inner = null) : Exception(message, inner);
