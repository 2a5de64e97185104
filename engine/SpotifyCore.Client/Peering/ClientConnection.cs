using System.Net;
using System.Runtime.InteropServices;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Limits;
using SpotifyCore.Content.Time;
using SpotifyCore.Core;
using SpotifyCore.Core.Actions;
using SpotifyCore.Core.Events;
using SpotifyCore.Core.Neighbours;
using SpotifyCore.Protocol.Connections;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Client.Peering;

/// <summary>
/// One connection to a peer or node: what comes is handed to the core as events, and what the core wants sent is sent.
/// Everything on the loop, one turn at a time: what is sent within a turn leaves in one write.
/// </summary>
internal sealed class ClientConnection : IFrameHandler, IWorkItem
{
    /// <summary>Milliseconds after which a request that this side could not even send is worth another try.</summary>
    private const uint RetryMilliseconds = 100;

    /// <summary>Seconds that a closing connection waits for its last bytes to leave.</summary>
    private const int CloseTicks = 3;

    /// <summary>Room for three received frames; one that leaves so much unread is given up.</summary>
    private static readonly PeerConnectionLimits Limits = new(ReceiveBytes: 64 * 1024, SendBytes: 512 * 1024);

    private readonly PeerConnections _all;
    private readonly IConnection _connection;
    private readonly PeerConnection _peer;
    private readonly ChunkAssembly _assembly;
    private readonly UploadStream _upload;
    private readonly ActionWorkItem _whenFree;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Instant _probedAt = Instant.Never;
    private bool _isOpen;
    private bool _isGone;
    private bool _lingers;
    private bool _isScheduled;
    private bool _waitsForSlot;
    private int _closingTicks;
    private int _heldUpTicks;
    private long _leftAtTick;

    /// <summary>Over a connection that is up; <see cref="Start"/> begins the hello.</summary>
    public ClientConnection(ConnectionId id, IConnection connection, PeerSession session, PeerConnections all)
    {
        Id = id;
        _all = all;
        _connection = connection;
        _peer = new PeerConnection(connection, session, this, Limits, () => all.Context.Loop.Post(this));
        _assembly = new ChunkAssembly(all.Context.Slots);
        _upload = new UploadStream(this, _peer, all);
        _whenFree = new ActionWorkItem(SlotIsFree);
    }

    /// <summary>Names the connection to the core.</summary>
    public ConnectionId Id { get; }

    /// <summary>True once the connection is being closed, by either side.</summary>
    public bool IsClosing { get; private set; }

    /// <summary>Stands for the remote peer's account, by its ticket; 0 before that was checked.</summary>
    public UInt128 Account { get; private set; }

    /// <summary>Where the remote peer is.</summary>
    public Subnet Subnet => Subnet.Of(_connection.RemoteEndPoint);

    /// <inheritdoc/>
    public bool CanReceive => !IsClosing;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Ticket => _all.Ticket;

    /// <summary>
    /// Where the remote peer of an accepted connection was seen, with the port it says that it listens at; null where
    /// it proved no key.
    /// </summary>
    public PeerAddress? SeenAt => Id.IsIncoming
        && _connection.RemoteId is { } id && _connection.RemoteEndPoint is IPEndPoint seen
            ? new NodeAddress(id, seen.Address.ToString(), _peer.Session.RemoteListenPort)
            : null;

    /// <summary>Begins the hello and to receive.</summary>
    public void Start()
    {
        // What has ended is posted to the loop, which never blocks whoever learned of it.
        _connection.CompleteInline();
        _all.Context.Background.Run(() => _ended.Task);
        _peer.Start(_all.Runtime.Now);
        Schedule();
    }

    /// <summary>Sends a message of the core, with its payload if it has one.</summary>
    public void Send(in PeerMessage message, ReadOnlySpan<byte> payload)
    {
        if (!_peer.Send(message, payload) && IsRequest(message.Kind))
        {
            // The session takes no more requests now: the core hears what a busy remote peer would say.
            var busy = PeerMessage.Busy(message.Request, RetryMilliseconds);
            _all.Context.Loop.Post(_all.Runtime, new MessageReceived(Id, busy));
        }

        Schedule();
    }

    /// <summary>Sends a chunk that was read for the remote peer; a reference to its slot passes over.</summary>
    public void Send(in OutgoingChunk chunk)
    {
        _upload.Add(chunk);
        _all.TickSoon();
    }

    /// <summary>
    /// Pings a node to see how long the line takes; false where something else would be measured too: it is a peer, it
    /// has something to send, or a ping is under way.
    /// </summary>
    public bool TryProbe()
    {
        if (!_isOpen || IsClosing || _peer.Session.RemoteRole != PeerRole.Node || _peer.Session.Outstanding > 0
            || !_peer.TryPing())
            return false;

        _probedAt = _all.Runtime.Now;
        Schedule();
        return true;
    }

    /// <summary>Shows a fresh ticket to the remote peer.</summary>
    public void RefreshTicket()
    {
        if (_isOpen && !IsClosing && _peer.Send(PeerMessage.TicketRefresh(_all.Ticket.Length)))
            Schedule();
    }

    /// <summary>Notices that time has passed; called once a second while something is being sent.</summary>
    /// <returns>When it is to be called again.</returns>
    public Instant Wake()
    {
        // A remote peer that does not read its last bytes does not keep the connection.
        if (IsClosing && ++_closingTicks >= CloseTicks)
            End(isRead: false);
        if (IsClosing)
            return _isGone ? Instant.Never : _all.Runtime.Now;

        Run();
        TellHeldUp();
        return IsClosing || _upload.IsLeaving ? _all.Runtime.Now : _peer.Session.NextWake;
    }

    /// <summary>Takes leave: no new requests, and the end once those under way are done.</summary>
    public void Drain() => _peer.Drain(ProtocolCode.GoingAway);

    /// <summary>Ends the connection after what was sent before; the core hears nothing more of it.</summary>
    public void Close()
    {
        if (IsClosing)
            return;

        IsClosing = true;
        _peer.Close();
        _assembly.Clear();
        _upload.Clear();
        _all.TickSoon();
        while (_peer.Flush())
        {
            // The last is said, or on its way.
        }

        EndIfDone();
    }

    /// <summary>Has a turn of the loop send what was gathered, after what goes on now.</summary>
    public void Schedule()
    {
        if (_isScheduled)
            return;

        _isScheduled = true;
        _all.Context.Loop.Post(this);
    }

    /// <summary>Does what can be done now; others have their turn before it goes on. Called on the loop.</summary>
    public void Run()
    {
        _isScheduled = false;
        var advanced = _peer.Poll(_all.Runtime.Now);
        if (_probedAt != Instant.Never && !_peer.Session.AwaitsPong)
            EndProbe();
        if (_peer.IsStalled && !_waitsForSlot)
        {
            _waitsForSlot = true;
            _all.Context.Slots.WhenFree(_whenFree);
        }

        if (!IsClosing)
            _upload.Pump();

        advanced |= _peer.Flush();
        EndIfDone();
        if (_isGone)
            Release();
        if (advanced)
            Schedule();
    }

    /// <inheritdoc/>
    public bool HasRoomFor(in PeerMessage message) =>
        message.Kind != PeerMessageKind.ChunkData || _assembly.CanTake(message);

    /// <inheritdoc/>
    public void CheckTicket(ReadOnlySpan<byte> ticket)
    {
        var access = _all.Check(ticket, _connection.RemoteId, out var expires);
        Account = access.Pseudonym;
        _peer.TicketChecked(access.Code, access.Scope, expires);
    }

    /// <inheritdoc/>
    public void Opened()
    {
        _isOpen = true;
        _all.Opened(this, _connection.RemoteId, _peer.Session);
    }

    /// <inheritdoc/>
    public void Receive(in PeerMessage message, int place, bool ends, ReadOnlyMemory<byte> payload)
    {
        if (message.Kind == PeerMessageKind.ChunkData)
        {
            TakePiece(place, message, payload.Span);
            return;
        }

        if (ends)
            _assembly.Drop(place);

        Raise(message, payload.Span);
    }

    /// <inheritdoc/>
    public void Closed(ProtocolCode code, bool isFault)
    {
        if (IsClosing)
            return;

        Close();
        _all.Ended(this, _isOpen, ProtocolText.Of(code), isFault);
    }

    private static bool IsRequest(PeerMessageKind kind) =>
        kind is PeerMessageKind.ChunkRequest or PeerMessageKind.HaveRequest or PeerMessageKind.ManifestRequest;

    private void TakePiece(int place, in PeerMessage message, ReadOnlySpan<byte> payload)
    {
        var slot = _assembly.Take(place, message, payload);
        if (slot == SlotPool.None)
            return;

        var whole = PeerMessage.ChunkData(message.Request, message.Chunk, message.Tier, (int)message.Total);
        try
        {
            _all.Runtime.Raise(new ChunkReceived(Id, whole, slot));
        }
        finally
        {
            _all.Context.Slots.Release(slot);
        }
    }

    private void Raise(in PeerMessage message, ReadOnlySpan<byte> payload)
    {
        if (message.Kind == PeerMessageKind.SearchHit)
        {
            var addresses = HitAddresses.Read(payload, (int)message.Count);
            _all.Runtime.Raise(new HitReceived(Id, message.Query, addresses));
            return;
        }

        if (message.Kind != PeerMessageKind.Have || message.Holding != HaveKind.Part)
        {
            _all.Runtime.Raise(new MessageReceived(Id, message));
            return;
        }

        var present = new ulong[(payload.Length + 7) / 8];
        payload.CopyTo(MemoryMarshal.AsBytes(present.AsSpan()));
        _all.Runtime.Raise(new PartReceived(Id, message.File, message.Chunk, present));
    }

    /// <summary>Tells the core of a remote peer that asked for a chunk and takes none of it.</summary>
    private void TellHeldUp()
    {
        var left = _peer.Sender.Left;
        var isHeldUp = !IsClosing && _upload.IsLeaving && !_peer.Sender.IsEmpty && left == _leftAtTick;
        _heldUpTicks = isHeldUp ? _heldUpTicks + 1 : 0;
        _leftAtTick = left;
        if (isHeldUp)
            _all.Runtime.Raise(new ChunkHeldUp(Id, TimeSpan.FromSeconds(_heldUpTicks)));
    }

    private void SlotIsFree()
    {
        _waitsForSlot = false;
        Run();
    }

    private void EndProbe()
    {
        // A node that was asked for something meanwhile sent that first.
        if (_peer.Session.Outstanding == 0)
            _all.Probe.Measured(_all.Runtime.Now - _probedAt);

        _probedAt = Instant.Never;
    }

    private void EndIfDone()
    {
        if (_peer.IsOver || _peer.IsLingering)
            End(isRead: _peer.IsLingering);
    }

    /// <summary>The connection's place is free; one whose remote peer may still read its last bytes lingers.</summary>
    private void End(bool isRead)
    {
        if (_isGone)
            return;

        _isGone = true;
        _all.Forget(this);

        // Who was sent nothing has nothing left to read: a silent one that makes room is gone at once.
        _lingers = isRead && _peer.Sender.Written > 0;
        if (_lingers)
            _all.Lingering.Add(_connection, _ended);
        else
            _all.Drop(_connection);

        Schedule();
    }

    // The memory comes back once the connection was disposed of, which ends what is under way.
    private void Release()
    {
        if (_lingers && !_peer.IsOver)
            return;

        _ended.TrySetResult();
        _peer.TryRelease();
    }
}
