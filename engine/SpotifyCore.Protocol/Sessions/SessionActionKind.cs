namespace SpotifyCore.Protocol.Sessions;

/// <summary>What the caller is to do for a session.</summary>
public enum SessionActionKind : byte
{
    /// <summary>
    /// Put the message on the wire. The caller adds the payload: its ticket to hello, reply and refresh, the code's
    /// text to refusal, error and go-away, the bytes to pieces.
    /// </summary>
    Send = 0,

    /// <summary>
    /// Judge the ticket that is the payload of the message being received, then call
    /// <see cref="PeerSession.TicketChecked"/>.
    /// </summary>
    CheckTicket = 1,

    /// <summary>The hello is done; requests may be made.</summary>
    Opened = 2,

    /// <summary>Hand the message, with the payload being received, to the session's owner.</summary>
    Deliver = 3,

    /// <summary>Send what is queued, then close the connection.</summary>
    Close = 4,
}
