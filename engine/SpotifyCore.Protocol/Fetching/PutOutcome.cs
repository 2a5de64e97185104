namespace SpotifyCore.Protocol.Fetching;

/// <summary>How a put ended.</summary>
public enum PutOutcome : byte
{
    /// <summary>The file is durable there.</summary>
    Stored = 0,

    /// <summary>The file was there already.</summary>
    AlreadyHeld = 1,

    /// <summary>Not allowed, or no files are taken there.</summary>
    Refused = 2,

    /// <summary>A chunk did not match the manifest.</summary>
    BadContent = 3,

    /// <summary>The server is over a limit.</summary>
    Busy = 4,

    /// <summary>
    /// The connection was lost, or an acknowledgement did not come in time. The file may be there or not.
    /// </summary>
    Unavailable = 5,

    /// <summary>The server's disk is full.</summary>
    NoSpace = 6,
}
