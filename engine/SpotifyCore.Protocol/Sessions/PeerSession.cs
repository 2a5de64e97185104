using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Protocol.Sessions;

/// <summary>
/// The rules of one connection, as a state machine that does no I/O: hello, tickets, which requests are in flight each
/// way and what may answer them, signs of life, and the end. It stands between the wire and its owner, who both speak
/// <see cref="PeerMessage"/>: what is received goes to <see cref="Receive"/>, what the owner wants sent to
/// <see cref="Send"/>, and what is to be done comes out as actions. Owned by one loop.
/// </summary>
/// <remarks>
/// A request is made under an id of <see cref="NextRequest"/> and is in flight until a reply ends it: the last piece,
/// not-found, busy or error. A cancelled request is in flight until then too. Replies to requests that the owner
/// cancelled are swallowed.
/// </remarks>
/// <param name="options">What this side says of itself, and its limits.</param>
/// <param name="initiator">True on the side that connected.</param>
public sealed class PeerSession(PeerSessionOptions options, bool initiator)
{
    /// <summary>How far the session has come.</summary>
    public PeerSessionState State { get; private set; }

    /// <summary>What the far side says it is.</summary>
    public PeerRole RemoteRole { get; private set; }

    /// <summary>The port at which the far side accepts connections; 0 for none.</summary>
    public ushort RemoteListenPort { get; private set; }

    /// <summary>Requests in flight that the far side takes.</summary>
    public int RemoteRequestLimit { get; private set; }

    /// <summary>What the far side's ticket or key allows it.</summary>
    public TicketScope RemoteScope { get; private set; }

    /// <summary>Requests made of the far side and not ended.</summary>
    public int Outstanding { get; private set; }

    /// <summary>Requests of the far side that this side has not ended.</summary>
    public int Serving { get; private set; }

    /// <summary>True when another request may be made now.</summary>
    public bool CanRequest => State == PeerSessionState.Open && Outstanding < RemoteRequestLimit;

    /// <summary>When <see cref="Wake"/> is due, unless something is received first.</summary>
    public Instant NextWake { get; private set; }

    /// <summary>Begins: the side that connected says hello.</summary>
    public void Start(Instant now, SessionActions actions) => throw new NotSupportedException();

    /// <summary>Takes in a message from the wire; its payload stays with the shell, which adds it to what is delivered.</summary>
    /// <exception cref="ProtocolException">The far side broke a rule: call <see cref="Fail"/> with its code.</exception>
    public void Receive(in PeerMessage message, Instant now, SessionActions actions) => throw new NotSupportedException();

    /// <summary>Takes in what the shell found about the far side's ticket; <paramref name="expires"/> on the core's clock.</summary>
    public void TicketChecked(ProtocolCode code, TicketScope scope, Instant expires, Instant now, SessionActions actions) =>
        throw new NotSupportedException();

    /// <summary>An id for a new request.</summary>
    public uint NextRequest() => throw new NotSupportedException();

    /// <summary>
    /// Takes in a message that the owner wants sent: a request, a cancel, a piece or another reply. False, with nothing
    /// done, when it makes no sense (any more): the request has ended, was cancelled, or there are too many.
    /// </summary>
    public bool Send(in PeerMessage message, Instant now, SessionActions actions) => throw new NotSupportedException();

    /// <summary>Takes in that time has passed.</summary>
    public void Wake(Instant now, SessionActions actions) => throw new NotSupportedException();

    /// <summary>Takes no new requests, says so, and closes once those in flight have ended.</summary>
    public void Drain(ProtocolCode code, Instant now, SessionActions actions) => throw new NotSupportedException();

    /// <summary>Says what is wrong and closes at once.</summary>
    public void Fail(ProtocolCode code, SessionActions actions) => throw new NotSupportedException();
}
