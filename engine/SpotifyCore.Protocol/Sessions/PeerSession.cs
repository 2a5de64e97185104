using SpotifyCore.Content.Limits;
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
/// A request is made under the id of <see cref="NextRequest"/>, or a later one, and is in flight until an answer ends
/// it: the last piece, not-found, busy or error. A cancelled request is in flight until then too; its answers are
/// swallowed. Answers are delivered with the file that their request was about.
/// </remarks>
/// <param name="options">What this side says of itself, and its limits.</param>
/// <param name="initiator">True on the side that connected.</param>
public sealed class PeerSession(PeerSessionOptions options, bool initiator)
{
    /// <summary>Ticket-refreshes taken in a row; one more is taken every ten seconds.</summary>
    public const int RefreshBurst = 16;

    private const double RefreshesPerSecond = 0.1;
    private readonly IncomingRequests _incoming = new(options);
    private readonly OutgoingRequests _outgoing = new();
    private RateGate _refreshes = new(RefreshesPerSecond, RefreshBurst);
    private Instant _started;
    private Instant _heard;
    private uint _pings;
    private uint _pongs;
    private bool _pinged;
    private bool _remoteLeaves;
    private ushort _version;

    /// <summary>How far the session has come.</summary>
    public PeerSessionState State { get; private set; }

    /// <summary>Why the session is closed.</summary>
    public ProtocolCode CloseCode { get; private set; }

    /// <summary>What the far side says it is.</summary>
    public PeerRole RemoteRole { get; private set; }

    /// <summary>The version that both sides speak; 0 before the hello is answered.</summary>
    public ushort Version => _version;

    /// <summary>The port at which the far side accepts connections; 0 for none.</summary>
    public ushort RemoteListenPort { get; private set; }

    /// <summary>Requests in flight that the far side takes, and this side makes at most.</summary>
    public int RemoteRequestLimit { get; private set; }

    /// <summary>What the far side's ticket or key allows it.</summary>
    public TicketScope RemoteScope => _incoming.Access.Scope;

    /// <summary>Requests made of the far side and not ended.</summary>
    public int Outstanding => _outgoing.Count;

    /// <summary>Requests of the far side that this side has not ended.</summary>
    public int Serving => _incoming.Count;

    /// <summary>True when another request may be made now.</summary>
    public bool CanRequest =>
        State == PeerSessionState.Open && !_remoteLeaves && _outgoing.Count < RemoteRequestLimit;

    /// <summary>True once the far side said that it takes no new requests.</summary>
    public bool RemoteLeaves => _remoteLeaves;

    /// <summary>True while a ping of this side has no answer yet.</summary>
    public bool AwaitsPong => _pongs != _pings;

    /// <summary>When <see cref="Wake"/> is due, unless something is received first.</summary>
    public Instant NextWake => State switch
    {
        PeerSessionState.Greeting or PeerSessionState.Checking => _started + options.HelloTimeout,
        PeerSessionState.Closed => Instant.Never,
        _ when HasPeer => _heard + (_pinged ? options.PeerIdleTimeout : options.PeerPingAfter),
        _ => _heard + (_pinged ? options.IdleTimeout : options.PingAfter),
    };

    private bool HasPeer => options.Role == PeerRole.Peer || RemoteRole == PeerRole.Peer;

    private bool IsBetweenPeers => options.Role == PeerRole.Peer && RemoteRole == PeerRole.Peer;

    /// <summary>Begins: the side that connected says hello.</summary>
    public void Start(Instant now, SessionActions actions)
    {
        _started = _heard = now;
        if (initiator)
            actions.Send(PeerMessage.Hello(options.Role, options.ListenPort, options.RequestLimit));
    }

    /// <summary>
    /// Takes in a message from the wire; its payload stays with the caller, which adds it to what is delivered.
    /// </summary>
    /// <exception cref="ProtocolException">
    /// The far side broke a rule: call <see cref="Fail"/> with its code.
    /// </exception>
    public void Receive(in PeerMessage message, Instant now, SessionActions actions)
    {
        _heard = now;
        _pinged = false;
        switch (State)
        {
            case PeerSessionState.Greeting:
                Greet(message, actions);
                break;
            case PeerSessionState.Checking:
                ProtocolException.Throw(ProtocolCode.OutOfTurn);
                break;
            case PeerSessionState.Open or PeerSessionState.Draining:
                Take(message, now, actions);
                CloseIfDrained(actions);
                break;
        }
    }

    /// <summary>
    /// Takes in what the caller found about the far side's ticket, before anything else is received.
    /// <paramref name="expires"/> is on the core's clock.
    /// </summary>
    public void TicketChecked(ProtocolCode code, TicketScope scope, Instant expires, SessionActions actions)
    {
        if (State == PeerSessionState.Closed)
            return;

        // Who is asked and asks for nothing needs no ticket.
        if (code == ProtocolCode.TicketMissing && initiator && State == PeerSessionState.Checking)
            (code, scope) = (ProtocolCode.None, TicketScope.None);

        if (code != ProtocolCode.None)
        {
            Refuse(code, actions);
            return;
        }

        _incoming.Access = new RemoteAccess(scope, expires);
        if (State != PeerSessionState.Checking)
            return;

        State = PeerSessionState.Open;
        if (!initiator)
            actions.Send(PeerMessage.HelloReply(_version, options.Role, options.ListenPort, options.RequestLimit));

        actions.Opened();
    }

    /// <summary>The id that the next request must have.</summary>
    public uint NextRequest() => _outgoing.Next();

    /// <summary>
    /// Takes in a message that the owner wants sent: a request, a cancel, a piece, another answer, a have or a fresh
    /// ticket. False, with nothing done, when it makes no sense (any more): the request has ended or was cancelled, or
    /// there are too many.
    /// </summary>
    public bool Send(in PeerMessage message, SessionActions actions)
    {
        if (State is not (PeerSessionState.Open or PeerSessionState.Draining))
            return false;

        var sent = TrySend(message, actions);
        CloseIfDrained(actions);
        return sent;
    }

    /// <summary>
    /// Pings the far side, for whoever wants to know how long that takes; false when no session is open or an answer is
    /// still to come.
    /// </summary>
    public bool TryPing(SessionActions actions)
    {
        if (State is not (PeerSessionState.Open or PeerSessionState.Draining) || AwaitsPong)
            return false;

        actions.Send(PeerMessage.Ping(++_pings));
        return true;
    }

    /// <summary>Takes in that time has passed.</summary>
    public void Wake(Instant now, SessionActions actions)
    {
        if (now < NextWake)
            return;

        if (State is PeerSessionState.Greeting or PeerSessionState.Checking)
        {
            Fail(ProtocolCode.HelloTimeout, actions);
        }
        else if (_pinged)
        {
            Fail(ProtocolCode.IdleTimeout, actions);
        }
        else if (State != PeerSessionState.Closed)
        {
            _pinged = true;
            actions.Send(PeerMessage.Ping(++_pings));
        }
    }

    /// <summary>Takes no new requests, says so, and closes once those in flight have ended.</summary>
    public void Drain(ProtocolCode code, SessionActions actions)
    {
        if (State is PeerSessionState.Greeting or PeerSessionState.Checking)
        {
            Refuse(code, actions);
        }
        else if (State == PeerSessionState.Open)
        {
            State = PeerSessionState.Draining;
            _incoming.Draining = true;
            actions.Send(PeerMessage.GoAway(code));
            CloseIfDrained(actions);
        }
    }

    /// <summary>Says what is wrong and closes at once.</summary>
    public void Fail(ProtocolCode code, SessionActions actions)
    {
        if (State == PeerSessionState.Closed)
            return;

        actions.Send(PeerMessage.Error(0, code));
        Close(code, actions);
    }

    private void Greet(in PeerMessage message, SessionActions actions)
    {
        if (initiator && message.Kind == PeerMessageKind.HelloRefused)
        {
            Close(message.Code, actions);
            return;
        }

        if (message is { Kind: PeerMessageKind.Error, Request: 0 })
        {
            Close(message.Code, actions);
            return;
        }

        var expected = initiator ? PeerMessageKind.HelloReply : PeerMessageKind.Hello;
        ProtocolException.ThrowIf(message.Kind != expected, ProtocolCode.OutOfTurn);
        _version = ProtocolVersion.Choose(message.MinVersion, message.MaxVersion);
        RemoteRole = message.Role;
        RemoteListenPort = message.ListenPort;
        RemoteRequestLimit = Math.Min(message.RequestLimit, options.RequestLimit);
        State = PeerSessionState.Checking;
        if (_version == 0)
            Refuse(ProtocolCode.VersionMismatch, actions);
        else
            actions.CheckTicket(message);
    }

    private void Take(in PeerMessage message, Instant now, SessionActions actions)
    {
        ProtocolException.ThrowIf(IsTooNew(message.Kind), ProtocolCode.UnknownKind);
        switch (message.Kind)
        {
            case PeerMessageKind.Hello or PeerMessageKind.HelloReply or PeerMessageKind.HelloRefused:
                ProtocolException.Throw(ProtocolCode.OutOfTurn);
                break;
            case PeerMessageKind.TicketRefresh:
                // Each is a signature to check, which costs this side more than the other to send it.
                ProtocolException.ThrowIf(!_refreshes.TryPass(now), ProtocolCode.TooBusy);
                actions.CheckTicket(message);
                break;
            case PeerMessageKind.Ping:
                actions.Send(PeerMessage.Pong(message.Request));
                break;
            case PeerMessageKind.Pong:
                ProtocolException.ThrowIf(
                    !AwaitsPong || message.Request != _pongs + 1, ProtocolCode.UnknownRequest);
                _pongs++;
                break;
            case PeerMessageKind.GoAway:
                _remoteLeaves = true;
                actions.Deliver(message);
                break;
            case PeerMessageKind.Error when message.Request == 0:
                Close(message.Code, actions);
                break;
            case PeerMessageKind.Have when message.Request == 0:
                actions.Deliver(message);
                break;
            case PeerMessageKind.Search or PeerMessageKind.SearchHit:
                Search(message, now, actions);
                break;
            default:
                if (IsRequest(message.Kind))
                    _incoming.Receive(message, now, actions);
                else
                    _outgoing.Receive(message, actions);
                break;
        }
    }

    /// <summary>
    /// Searches are between peers: a node drops them, and so does who does not serve or has not seen a ticket for it.
    /// </summary>
    private void Search(in PeerMessage message, Instant now, SessionActions actions)
    {
        var isHit = message.Kind == PeerMessageKind.SearchHit;
        if (IsBetweenPeers && (isHit || (options.Serves && _incoming.MaySearch(now))))
            actions.Deliver(message);
    }

    private bool TrySend(in PeerMessage message, SessionActions actions)
    {
        if (IsTooNew(message.Kind))
            return false;

        switch (message.Kind)
        {
            case PeerMessageKind.TicketRefresh:
            case PeerMessageKind.Have when message.Request == 0:
                actions.Send(message);
                return true;
            case PeerMessageKind.Search or PeerMessageKind.SearchHit:
                if (!IsBetweenPeers || _remoteLeaves)
                    return false;

                actions.Send(message);
                return true;
            case PeerMessageKind.Cancel:
                return _outgoing.TryCancel(message, actions);
            case PeerMessageKind.PutBegin when message.Offset > 0:
            case PeerMessageKind.PutChunk or PeerMessageKind.PutCommit:
                return _outgoing.TryContinue(message, actions);
            default:
                return IsRequest(message.Kind)
                    ? CanRequest && _outgoing.TryBegin(message, actions)
                    : _incoming.TryAnswer(message, actions);
        }
    }

    private static bool IsRequest(PeerMessageKind kind) => kind is PeerMessageKind.Cancel
        or PeerMessageKind.ManifestRequest or PeerMessageKind.ChunkRequest or PeerMessageKind.HaveRequest
        or PeerMessageKind.ListRequest
        or PeerMessageKind.PutBegin or PeerMessageKind.PutChunk or PeerMessageKind.PutCommit;

    private bool IsTooNew(PeerMessageKind kind) => kind switch
    {
        PeerMessageKind.Search or PeerMessageKind.SearchHit => _version < ProtocolVersion.WithSearch,
        PeerMessageKind.ListRequest or PeerMessageKind.List => _version < ProtocolVersion.WithLists,
        _ => false,
    };

    private void Refuse(ProtocolCode code, SessionActions actions)
    {
        if (initiator || State != PeerSessionState.Checking)
        {
            Fail(code, actions);
            return;
        }

        actions.Send(PeerMessage.HelloRefused(code));
        Close(code, actions);
    }

    private void CloseIfDrained(SessionActions actions)
    {
        var leaving = State == PeerSessionState.Draining || (_remoteLeaves && State == PeerSessionState.Open);
        if (leaving && _incoming.Count == 0 && _outgoing.Count == 0)
            Close(ProtocolCode.GoingAway, actions);
    }

    private void Close(ProtocolCode code, SessionActions actions)
    {
        State = PeerSessionState.Closed;
        CloseCode = code;
        actions.Close(code);
    }
}
