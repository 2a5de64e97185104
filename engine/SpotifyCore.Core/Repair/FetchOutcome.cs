namespace SpotifyCore.Core.Repair;

/// <summary>How a fetch of a repair ended.</summary>
public enum FetchOutcome
{
    /// <summary>The file is held whole now.</summary>
    Whole = 0,

    /// <summary>No other master could give all of it.</summary>
    Missing = 1,

    /// <summary>It could not be written here: the disk is full or fails.</summary>
    NotWritten = 2,
}
