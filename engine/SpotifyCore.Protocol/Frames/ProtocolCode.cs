namespace SpotifyCore.Protocol.Frames;

/// <summary>Why a hello was refused, a request failed or a connection ends. The values travel on the wire.</summary>
public enum ProtocolCode : ushort
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The first bytes are not those of this protocol.</summary>
    BadMagic = 1,

    /// <summary>The two sides speak no common version.</summary>
    VersionMismatch = 2,

    /// <summary>A ticket is needed and none was given.</summary>
    TicketMissing = 3,

    /// <summary>The ticket is malformed, its signature wrong or its key unknown.</summary>
    TicketInvalid = 4,

    /// <summary>The ticket has expired.</summary>
    TicketExpired = 5,

    /// <summary>The ticket is bound to another key than this channel proved, or the channel proves none.</summary>
    TicketNotYours = 6,

    /// <summary>The ticket's scope, or the channel's key, does not allow the request.</summary>
    NotAllowed = 7,

    /// <summary>The far side does not offer what was asked for, such as taking files in.</summary>
    NotSupported = 8,

    /// <summary>A connection too many, or the far side is over a limit.</summary>
    TooBusy = 9,

    /// <summary>A frame is longer than the protocol allows.</summary>
    FrameTooLong = 10,

    /// <summary>A frame's kind is unknown.</summary>
    UnknownKind = 11,

    /// <summary>A payload does not have the layout of its kind.</summary>
    Malformed = 12,

    /// <summary>A message came before the hello was answered, or a second hello came.</summary>
    OutOfTurn = 13,

    /// <summary>More requests in flight than the receiver said it takes.</summary>
    TooManyRequests = 14,

    /// <summary>A request used an id that is still in use.</summary>
    DuplicateRequest = 15,

    /// <summary>A reply came for a request that was never made, or is over.</summary>
    UnknownRequest = 16,

    /// <summary>A reply carried another chunk, offset or length than comes next.</summary>
    WrongPiece = 17,

    /// <summary>A range holds no chunk, too many, or ends beyond the last index.</summary>
    BadRange = 18,

    /// <summary>The hello took too long.</summary>
    HelloTimeout = 19,

    /// <summary>Nothing was heard for too long.</summary>
    IdleTimeout = 20,

    /// <summary>The request was cancelled by whoever made it.</summary>
    Cancelled = 21,

    /// <summary>A chunk or manifest does not match its hash.</summary>
    BadContent = 22,

    /// <summary>A file was committed before all of its chunks were put.</summary>
    Incomplete = 23,

    /// <summary>The far side is shutting down, or leaves.</summary>
    GoingAway = 24,

    /// <summary>The far side failed; its fault, not the request's.</summary>
    Internal = 25,

    /// <summary>The connection is not needed any more.</summary>
    NotNeeded = 26,

    /// <summary>The connection was lost. Never sent.</summary>
    ConnectionLost = 27,

    /// <summary>The deadline passed, or a farther tier is out of reach.</summary>
    Unavailable = 28,

    /// <summary>
    /// The far side did not offer this file over this connection, or has offered too many since: it is to be asked by a
    /// have-request first.
    /// </summary>
    NotOffered = 29,

    /// <summary>The far side's disk is full: it takes no files in. Since version 3.</summary>
    NoSpace = 30,
}
