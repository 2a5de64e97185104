namespace SpotifyCore.Import.Masters;

/// <summary>A master did not take a file because it is out of reach, or stayed busy: others may do.</summary>
internal sealed class AwayException(string message, Exception? innerException = null)
    : StoreException(message, innerException)
{
    /// <summary>True when it was not waited for, as it had been away before.</summary>
    public bool IsHasty { get; init; }
}
