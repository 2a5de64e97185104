using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Messages.Layouts;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Protocol.Connections;

/// <summary>
/// One connection, at either end and whatever it is for: receives bytes and cuts frames off them, follows the session's
/// rules, gathers and sends, says its last and lingers. It never waits: <see cref="Poll"/> and <see cref="Flush"/> do
/// what can be done, and <paramref name="wake"/> is called when there may be more. Whoever owns it brings the loop, or
/// a lock.
/// </summary>
/// <param name="connection">Carries the bytes; the caller's to dispose, which ends everything.</param>
/// <param name="session">The rules; new.</param>
/// <param name="handler">What it is for.</param>
/// <param name="limits">Its memory.</param>
/// <param name="wake">Called on any thread when it is worth polling again; must not call back at once.</param>
public sealed class PeerConnection(
    IConnection connection, PeerSession session, IFrameHandler handler, PeerConnectionLimits limits, Action wake)
{
    private readonly FrameReceiver _receiver = new(connection, limits.ReceiveBytes, wake);
    private readonly SessionActions _received = new();
    private readonly SessionActions _sent = new();
    private bool _isFault;
    private bool _isClosed;
    private bool _hasSaidLast;

    /// <summary>The rules, and how far they have come.</summary>
    public PeerSession Session => session;

    /// <summary>What is being sent.</summary>
    public FrameSender Sender { get; } = new(connection, limits.SendBytes, wake);

    /// <summary>Sent whenever no frame waits; set once, null for none.</summary>
    internal IBulkSource? Bulk { private get; set; }

    /// <summary>True once nothing is received or sent any more, and the connection can be disposed of.</summary>
    public bool IsOver { get; private set; }

    /// <summary>True once it has said its last and waits for the remote peer to close too.</summary>
    public bool IsLingering => _hasSaidLast && !IsOver;

    /// <summary>True when the next message was received and there is no memory for it.</summary>
    public bool IsStalled { get; private set; }

    private bool IsClosing => _isClosed || session.State == PeerSessionState.Closed;

    /// <summary>Begins: the side that connected says hello.</summary>
    public void Start(Instant now)
    {
        session.Start(now, _sent);
        Act(_sent, default, default);
    }

    /// <summary>
    /// Does all that can be done with what was received, and takes note of what was sent. False when that is nothing.
    /// </summary>
    public bool Poll(Instant now)
    {
        if (IsOver)
            return false;

        try
        {
            var advanced = Sender.Poll();
            if (IsClosing)
                return (_hasSaidLast && DropReceived()) || advanced;

            session.Wake(now, _sent);
            Act(_sent, default, default);
            advanced |= TakeFrames(now);
            if (IsClosing || !handler.CanReceive || IsStalled)
                return advanced;
            if (!_receiver.Poll(session.Outstanding > 0))
                return advanced;

            if (_receiver.HasEnded)
                Lose(isFault: false);
            else
                TakeFrames(now);

            return true;
        }
        catch (IOException)
        {
            Lose(isFault: false);
            return true;
        }
    }

    /// <summary>Begins to send what there is; ends the sending after the last. False when nothing was done.</summary>
    public bool Flush()
    {
        if (IsOver || _hasSaidLast)
            return false;

        try
        {
            // After a fault the remote peer gets nothing more but the reason.
            if (Sender.Flush(_isFault ? null : Bulk))
                return true;
            if (!IsClosing || Sender.IsSending)
                return false;

            // Closing with bytes unread would reset the connection, and the last frames with it.
            _hasSaidLast = true;
            connection.EndSending();
            return true;
        }
        catch (IOException)
        {
            Lose(isFault: false);
            return true;
        }
    }

    /// <summary>
    /// Sends a message by the session's rules, with its payload if it has one; false when it makes no sense (any more).
    /// </summary>
    public bool Send(in PeerMessage message, ReadOnlySpan<byte> payload = default) => Send(message, payload, out _);

    /// <summary>As the other overload; says which place a request has in the session.</summary>
    public bool Send(in PeerMessage message, ReadOnlySpan<byte> payload, out int place)
    {
        place = -1;
        var isSent = session.Send(message, _sent);
        if (isSent && _sent.Count > 0)
            place = _sent[0].Place;

        Act(_sent, payload, default);
        return isSent;
    }

    /// <summary>
    /// Has the session take note of an answer that its owner writes itself, into bulk; false when it makes no sense
    /// (any more). Should it be the last, <see cref="Flush"/> ends the connection behind it.
    /// </summary>
    internal bool TryAnswerInBulk(in PeerMessage answer)
    {
        var isSent = session.Send(answer, _sent);
        _sent.Clear();
        return isSent;
    }

    /// <summary>Pings the remote peer; false when none is due.</summary>
    public bool TryPing()
    {
        var isSent = session.TryPing(_sent);
        Act(_sent, default, default);
        return isSent;
    }

    /// <summary>What the handler found about the ticket that it was asked to check.</summary>
    public void TicketChecked(ProtocolCode code, TicketScope scope, Instant expires)
    {
        // Within the asking what follows is done with the rest of what was received.
        var isAsking = _received.Count > 0;
        session.TicketChecked(code, scope, expires, _received);
        if (!isAsking)
            Act(_received, default, default);
    }

    /// <summary>Takes leave: no new requests, and the end once those under way are done.</summary>
    public void Drain(ProtocolCode code)
    {
        session.Drain(code, _sent);
        Act(_sent, default, default);
    }

    /// <summary>Closes after what was gathered before, without a word; the handler hears nothing more.</summary>
    public void Close() => _isClosed = true;

    /// <summary>Says what is wrong and closes.</summary>
    public void Fail(ProtocolCode code)
    {
        _isFault = true;
        session.Fail(code, _sent);
        Act(_sent, default, default);
    }

    /// <summary>
    /// Gives all memory back once what is under way has ended, as the connection's disposal makes it; false before, and
    /// the loop is woken when it has.
    /// </summary>
    public bool TryRelease()
    {
        IsOver = true;
        return _receiver.TryRelease() & Sender.TryRelease();
    }

    private bool TakeFrames(Instant now)
    {
        var taken = false;
        try
        {
            IsStalled = false;
            while (!IsClosing && handler.CanReceive)
            {
                var unread = _receiver.Buffer.Unread;
                var rest = unread.Span;
                if (!FrameReader.TryRead(ref rest, out var frame))
                    break;

                var message = MessageCodec.Read(frame, out var payload);
                IsStalled = !handler.HasRoomFor(message);
                if (IsStalled)
                    break;

                var length = unread.Length - rest.Length;
                _receiver.Buffer.Consumed(length);
                session.Receive(message, now, _received);
                Act(_received, default, unread.Slice(length - payload.Length, payload.Length));
                taken = true;
            }
        }
        catch (ProtocolException broken)
        {
            _received.Clear();
            Fail(broken.Code);
            taken = true;
        }

        return taken;
    }

    /// <summary>
    /// Does what the session wants done. What is received and what is sent have lists of their own, because whoever
    /// takes a message may send another.
    /// </summary>
    private void Act(SessionActions actions, ReadOnlySpan<byte> outgoing, ReadOnlyMemory<byte> incoming)
    {
        for (var i = 0; i < actions.Count; i++)
        {
            ref readonly var action = ref actions[i];
            switch (action.Kind)
            {
                case SessionActionKind.Send:
                    Gather(action.Message, outgoing);
                    break;
                case SessionActionKind.CheckTicket:
                    handler.CheckTicket(incoming.Span);
                    break;
                case SessionActionKind.Opened:
                    handler.Opened();
                    break;
                case SessionActionKind.Deliver:
                    handler.Receive(action.Message, action.Place, action.Ends, incoming);
                    break;
                case SessionActionKind.Close:
                    handler.Closed(action.Code, _isFault);
                    break;
            }
        }

        actions.Clear();
    }

    private void Gather(in PeerMessage message, ReadOnlySpan<byte> payload)
    {
        payload = message.Kind switch
        {
            PeerMessageKind.Hello or PeerMessageKind.HelloReply or PeerMessageKind.TicketRefresh => handler.Ticket.Span,
            PeerMessageKind.HelloRefused or PeerMessageKind.Error or PeerMessageKind.GoAway =>
                ProtocolText.Utf8(message.Code),
            _ => payload,
        };
        if (Sender.HasRoom(payload.Length))
            Sender.Add(message, payload);
        else
            Lose(isFault: true); // It asks without end and reads none of the answers.
    }

    private bool DropReceived()
    {
        if (!_receiver.Poll(isExpected: false))
            return false;

        _receiver.Buffer.Consumed(_receiver.Buffer.Unread.Length);
        IsOver = _receiver.HasEnded;
        return true;
    }

    private void Lose(bool isFault)
    {
        if (IsOver)
            return;

        IsOver = true;
        if (!IsClosing)
            handler.Closed(ProtocolCode.ConnectionLost, isFault);
    }
}
