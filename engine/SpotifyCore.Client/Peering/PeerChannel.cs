using System.Net;
using System.Runtime.InteropServices;
using SpotifyCore.Client.Shell;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Limits;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Swarm.Events;
using SpotifyCore.Swarm.Neighbours;

namespace SpotifyCore.Client.Peering;

/// <summary>
/// One connection to a peer or node: bytes to messages, through the session's rules, to events, and back. Everything on
/// the loop but the sending and receiving itself.
/// </summary>
internal sealed class PeerChannel : IFrameTaker
{
    /// <summary>Milliseconds after which a request that this side could not even send is worth another try.</summary>
    private const uint RetryMilliseconds = 100;

    /// <summary>Seconds that a closing channel waits for its last bytes to leave.</summary>
    private const int CloseTicks = 3;

    private readonly PeerDesk _desk;
    private readonly IConnection _connection;
    private readonly PeerSession _session;
    private readonly SessionActions _taking = new();
    private readonly SessionActions _sending = new();
    private readonly FrameInlet _inlet;
    private readonly FrameOutlet _outlet;
    private readonly ChunkAssembly _assembly;
    private readonly ChunkLane _lane;
    private Instant _probedAt = Instant.Never;
    private bool _isOpen;
    private bool _isClosing;
    private bool _isGone;
    private int _closingTicks;
    private int _heldUpTicks;
    private long _leftAtTick;

    /// <summary>A channel over a connection that is up; <see cref="Start"/> begins the hello.</summary>
    public PeerChannel(ConnectionId id, IConnection connection, PeerSession session, PeerDesk desk)
    {
        Id = id;
        _desk = desk;
        _connection = connection;
        _session = session;
        _inlet = new FrameInlet(connection, desk.Ground, this);
        _outlet = new FrameOutlet(connection, desk.Ground.Loop, OnSent);
        _assembly = new ChunkAssembly(desk.Ground.Slots);
        _lane = new ChunkLane(this, _outlet, desk);
    }

    /// <summary>Names the connection to the core.</summary>
    public ConnectionId Id { get; }

    /// <summary>True once the connection is being closed, by either side.</summary>
    public bool IsClosing => _isClosing;

    /// <summary>Stands for the far side's account, by its ticket; 0 before that was checked.</summary>
    public UInt128 Account { get; private set; }

    /// <inheritdoc/>
    public bool IsStalled { get; private set; }

    /// <summary>Where the far side is.</summary>
    public Subnet Subnet => Subnet.Of(_connection.RemoteEndPoint);

    /// <summary>Begins the hello and to receive.</summary>
    public void Start()
    {
        _session.Start(_desk.Driver.Now, _sending);
        Act(_sending, []);
        _inlet.Start();
    }

    /// <summary>
    /// Where the far side of an accepted connection was seen, with the port it says that it listens at; null where it
    /// proved no key.
    /// </summary>
    public PeerAddress? SeenAt => Id.IsIncoming
        && _connection.RemoteId is { } id && _connection.RemoteEndPoint is IPEndPoint seen
            ? new NodeAddress(id, seen.Address.ToString(), _session.RemoteListenPort)
            : null;

    /// <summary>Sends a message of the core, with its payload if it has one.</summary>
    public void Send(in ClientAction action)
    {
        Span<byte> payload = stackalloc byte[HitAddresses.MaxLength];
        var message = action.Message;
        if (action.Addresses is { } addresses)
        {
            var (length, count) = HitAddresses.Write(addresses, payload);
            if (count == 0)
                return;

            message = PeerMessage.SearchHit(message.Query, count, length);
            payload = payload[..length];
        }
        else
        {
            // A have's bits: the words are little-endian, as on the wire.
            payload = MemoryMarshal.AsBytes(action.Present.ToArray().AsSpan())[..(int)message.Length];
        }

        Send(message, payload);
    }

    private void Send(in PeerMessage message, ReadOnlySpan<byte> payload)
    {
        if (!_session.Send(message, _sending) && IsRequest(message.Kind))
        {
            // The session takes no more requests now: the core hears what a busy far side would say.
            var busy = PeerMessage.Busy(message.Request, RetryMilliseconds);
            _desk.Ground.Loop.Post(new RaisedEvent(_desk.Driver, ClientEvent.MessageReceived(Id, busy)));
        }

        Act(_sending, payload);
    }

    /// <summary>Sends a chunk that was read for the far side; a reference to its slot passes over.</summary>
    public void Send(in OutgoingChunk chunk)
    {
        _lane.Add(chunk);
        _desk.TickSoon();
    }

    /// <summary>Sends a piece of the lane's first chunk; false when it is not wanted any more.</summary>
    public bool SendPiece(in PeerMessage piece)
    {
        var isTaken = _session.Send(piece, _sending);
        Act(_sending, []);
        return isTaken;
    }

    /// <summary>
    /// Pings a node to see how long the line takes; false where something else would be measured too: it is a peer, it
    /// has something to send, or a ping is under way.
    /// </summary>
    public bool TryProbe()
    {
        if (!_isOpen || _isClosing || _session.RemoteRole != PeerRole.Node || _session.Outstanding > 0
            || !_session.TryPing(_sending))
            return false;

        _probedAt = _desk.Driver.Now;
        Act(_sending, []);
        return true;
    }

    /// <summary>Shows a fresh ticket to the far side.</summary>
    public void RefreshTicket()
    {
        if (_isOpen && !_isClosing && _session.Send(PeerMessage.TicketRefresh(_desk.Ticket.Length), _sending))
            Act(_sending, []);
    }

    /// <summary>Lets the session notice that time has passed; called once a second while something is being sent.</summary>
    /// <returns>When it is to be called again.</returns>
    public Instant Wake()
    {
        // A far side that does not read its last bytes does not keep the channel.
        if (_isClosing && ++_closingTicks >= CloseTicks)
            Dispose();
        if (_isClosing)
            return _isGone ? Instant.Never : _desk.Driver.Now;

        _session.Wake(_desk.Driver.Now, _sending);
        Act(_sending, []);
        TellHeldUp();
        return _isClosing || _lane.IsLeaving ? _desk.Driver.Now : _session.NextWake;
    }

    /// <summary>Takes leave: no new requests, and the end once those under way are done.</summary>
    public void Drain()
    {
        _session.Drain(ProtocolCode.GoingAway, _sending);
        Act(_sending, []);
    }

    /// <summary>Ends the channel after what was sent before; the core hears nothing more of it.</summary>
    public void Close()
    {
        if (_isClosing)
            return;

        _isClosing = true;
        _desk.TickSoon();
        _inlet.Stop();
        _assembly.Clear();
        _lane.Clear();

        _outlet.Flush();
        if (_outlet.IsEmpty)
            Dispose();
    }

    /// <inheritdoc/>
    public int Take(ReadOnlySpan<byte> received, ILoopWork again)
    {
        var rest = received;
        IsStalled = false;
        try
        {
            while (!_isClosing)
            {
                var before = rest;
                if (!FrameReader.TryRead(ref rest, out var frame))
                    break;

                var message = MessageCodec.Read(frame, out var payload);
                if (message.Kind == PeerMessageKind.ChunkData && !_assembly.CanTake(message))
                {
                    IsStalled = true;
                    _desk.Ground.Slots.WhenFree(again);
                    return received.Length - before.Length;
                }

                _session.Receive(message, _desk.Driver.Now, _taking);
                Act(_taking, payload);
                if (message.Kind == PeerMessageKind.Pong)
                    EndProbe();
            }
        }
        catch (ProtocolException broken)
        {
            _taking.Clear();
            _session.Fail(broken.Code, _sending);
            Act(_sending, [], misbehaved: true);
        }

        return received.Length - rest.Length;
    }

    /// <inheritdoc/>
    public void EndOfInput(string reason)
    {
        // After a close of this side's, input ends before the last bytes have left, which is no reason to drop them.
        if (_isClosing && !_outlet.IsEmpty)
            return;

        End(reason, misbehaved: false);
        Dispose();
    }

    private static bool IsRequest(PeerMessageKind kind) =>
        kind is PeerMessageKind.ChunkRequest or PeerMessageKind.HaveRequest or PeerMessageKind.ManifestRequest;

    /// <summary>
    /// Does what the session wants done. What is received and what is sent have lists of their own, because handing a
    /// message to the core may make it send another.
    /// </summary>
    /// <param name="actions">What is to be done.</param>
    /// <param name="payload">The payload of the message being received, or sent.</param>
    /// <param name="misbehaved">True when the far side broke a rule: should it close, that is why.</param>
    private void Act(SessionActions actions, ReadOnlySpan<byte> payload, bool misbehaved = false)
    {
        for (var i = 0; i < actions.Count; i++)
        {
            var action = actions[i];
            switch (action.Kind)
            {
                case SessionActionKind.Send:
                    Write(action.Message, payload);
                    break;
                case SessionActionKind.CheckTicket:
                    CheckTicket(payload);
                    break;
                case SessionActionKind.Opened:
                    _isOpen = true;
                    _desk.Opened(this, _connection.RemoteId, _session);
                    break;
                case SessionActionKind.Deliver:
                    Deliver(action, payload);
                    break;
                case SessionActionKind.Close:
                    End(ProtocolText.Of(action.Code), misbehaved);
                    break;
            }
        }

        actions.Clear();
        _outlet.Flush();
        if (_outlet.IsOverfull)
            End("the far side does not read", misbehaved: true);
    }

    private void Write(in PeerMessage message, ReadOnlySpan<byte> payload)
    {
        switch (message.Kind)
        {
            case PeerMessageKind.Hello or PeerMessageKind.HelloReply or PeerMessageKind.TicketRefresh:
                _outlet.Write(message, _desk.Ticket.Span);
                break;
            case PeerMessageKind.HelloRefused or PeerMessageKind.Error or PeerMessageKind.GoAway:
                _outlet.Write(message, ProtocolText.Utf8(message.Code));
                break;
            case PeerMessageKind.ChunkData:
                _outlet.Write(message, _lane.Head.Slice((int)message.Offset, (int)message.Length));
                break;
            case PeerMessageKind.SearchHit or PeerMessageKind.Have:
                _outlet.Write(message, payload);
                break;
            default:
                _outlet.Write(message, []);
                break;
        }
    }

    private void CheckTicket(ReadOnlySpan<byte> ticket)
    {
        var access = _desk.Check(ticket, _connection.RemoteId, out var expires);
        Account = access.Pseudonym;
        _session.TicketChecked(access.Code, access.Scope, expires, _taking);
    }

    private void Deliver(in SessionAction action, ReadOnlySpan<byte> payload)
    {
        var message = action.Message;
        if (message.Kind != PeerMessageKind.ChunkData)
        {
            if (action.Ends)
                _assembly.Drop(action.Place);

            _desk.Driver.Raise(EventOf(message, payload));
            return;
        }

        var slot = _assembly.Take(action.Place, message, payload);
        if (slot == ClientEvent.NoSlot)
            return;

        var whole = PeerMessage.ChunkData(message.Request, message.Chunk, message.Tier, (int)message.Total);
        _desk.Driver.Raise(ClientEvent.ChunkReceived(Id, whole, slot));
    }

    private ClientEvent EventOf(in PeerMessage message, ReadOnlySpan<byte> payload)
    {
        if (message.Kind == PeerMessageKind.SearchHit)
            return ClientEvent.HitReceived(Id, message, HitAddresses.Read(payload, (int)message.Count));

        if (message.Kind != PeerMessageKind.Have || message.Holding != HaveKind.Part)
            return ClientEvent.MessageReceived(Id, message);

        var present = new ulong[(payload.Length + 7) / 8];
        payload.CopyTo(MemoryMarshal.AsBytes(present.AsSpan()));
        return ClientEvent.PartReceived(Id, message, present);
    }

    /// <summary>Tells the core of a far side that asked for a chunk and takes none of it.</summary>
    private void TellHeldUp()
    {
        var isHeldUp = !_isClosing && _lane.IsLeaving && !_outlet.IsEmpty && _outlet.Left == _leftAtTick;
        _heldUpTicks = isHeldUp ? _heldUpTicks + 1 : 0;
        _leftAtTick = _outlet.Left;
        if (isHeldUp)
            _desk.Driver.Raise(ClientEvent.ChunkHeldUp(Id, TimeSpan.FromSeconds(_heldUpTicks)));
    }

    private void EndProbe()
    {
        // A node that was asked for something meanwhile sent that first.
        if (_probedAt != Instant.Never && _session.Outstanding == 0)
            _desk.Probe.Measured(_desk.Driver.Now - _probedAt);

        _probedAt = Instant.Never;
    }

    private void OnSent()
    {
        if (_isClosing && _outlet.IsEmpty)
            Dispose();
        else
            _lane.Pump();
    }

    private void End(string reason, bool misbehaved)
    {
        if (_isClosing)
            return;

        Close();
        _desk.Ended(this, _isOpen, reason, misbehaved);
    }

    private void Dispose()
    {
        if (_isGone)
            return;

        _isGone = true;
        _outlet.Release();
        _desk.Forget(this);
        _desk.Ground.Background.Run(() => _connection.DisposeAsync().AsTask());
    }
}
