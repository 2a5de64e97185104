namespace SpotifyCore.Rpc.Calls;

/// <summary>How a call ended; the numbers are gRPC's.</summary>
public enum RpcStatusCode
{
    /// <summary>It succeeded.</summary>
    Ok = 0,

    /// <summary>One of the two sides called it off.</summary>
    Cancelled = 1,

    /// <summary>It failed, and nobody said why.</summary>
    Unknown = 2,

    /// <summary>The request makes no sense, whatever the state of the system.</summary>
    InvalidArgument = 3,

    /// <summary>It was not done in time.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for does not exist.</summary>
    NotFound = 5,

    /// <summary>What was to be made exists already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known, and may not.</summary>
    PermissionDenied = 7,

    /// <summary>A limit was reached: tries, room, the size of a message.</summary>
    ResourceExhausted = 8,

    /// <summary>The system is in a state that does not allow it.</summary>
    FailedPrecondition = 9,

    /// <summary>A conflict with something simultaneous: try again from the start.</summary>
    Aborted = 10,

    /// <summary>Past the end of what there is.</summary>
    OutOfRange = 11,

    /// <summary>The server has no such method.</summary>
    Unimplemented = 12,

    /// <summary>Something that must hold does not: a bug, or damage on the wire.</summary>
    Internal = 13,

    /// <summary>The server can't be reached, or is stopping: try again later.</summary>
    Unavailable = 14,

    /// <summary>Data was lost beyond repair.</summary>
    DataLoss = 15,

    /// <summary>The caller has not proven who it is.</summary>
    Unauthenticated = 16,
}
