namespace SpotifyCore.Import.Masters;

/// <summary>Master storage did not take a file; the message is for people.</summary>
internal class StoreException(string message, Exception? innerException = null)
    : Exception(message, innerException);
