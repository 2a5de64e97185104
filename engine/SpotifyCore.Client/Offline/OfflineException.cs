namespace SpotifyCore.Client.Offline;

/// <summary>Something can't be kept offline; the message says to the listener why.</summary>
public sealed class OfflineException(string message, Exception? innerException = null) : Exception(message, innerException);
