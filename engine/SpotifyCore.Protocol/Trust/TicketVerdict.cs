namespace SpotifyCore.Protocol.Trust;

/// <summary>What a look at a ticket showed.</summary>
public enum TicketVerdict : byte
{
    /// <summary>It is good on this channel, now.</summary>
    Valid = 0,

    /// <summary>There is none.</summary>
    Missing = 1,

    /// <summary>It does not have a ticket's layout.</summary>
    Malformed = 2,

    /// <summary>No key is known by the id it names.</summary>
    UnknownKey = 3,

    /// <summary>The signature does not fit the key and the content.</summary>
    BadSignature = 4,

    /// <summary>It has expired, or is valid for longer than any ticket may be.</summary>
    Expired = 5,

    /// <summary>It is bound to another key than the channel proved, or the channel proved none.</summary>
    OtherHolder = 6,
}
