using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Shells;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>
/// A connection that many callers share: session, operations and timer under one lock, and two loops.
/// </summary>
internal sealed class ClientLink
{
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly IConnection _connection;
    private readonly TimeProvider _time;
    private readonly PeerSession _session;
    private readonly SessionActions _actions = new();
    private readonly OperationTable _operations;
    private readonly GatheredFrames _frames = new();
    private readonly ClientLoops _loops;
    private readonly LoopSignal _room = new();
    private readonly SemaphoreSlim _puts = new(1);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LinkTimer _timer;
    private ReadOnlyMemory<byte> _ticket;
    private bool _putWaits;
    private bool _lost;

    public ClientLink(
        IConnection connection, ReadOnlyMemory<byte> ticket, ChunkClientOptions options, TimeProvider time)
    {
        _connection = connection;
        _ticket = ticket;
        _time = time;
        _session = new PeerSession(options.ToSession(), initiator: true);
        _operations = new OperationTable(options.RequestLimit, options.WaitingLimit);
        _loops = new ClientLoops(connection, this);
        _timer = new LinkTimer(time, OnTimer);
        Reads = new ClientReadPool(this);
        lock (_gate)
        {
            _session.Start(_time.GetInstant(), _actions);
            CarryOut(default, default);
            _timer.WakeBy(_session.NextWake);
        }

        Closed = _loops.RunAsync();
    }

    public PeerId? RemoteId => _connection.RemoteId;

    public ushort Version => _session.Version;

    /// <summary>Completes once the hello is done, or the link is over.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Completes once the link is over and all operations are.</summary>
    public Task Closed { get; }

    public bool IsAlive
    {
        get
        {
            lock (_gate)
                return !IsOver && _session.State == PeerSessionState.Open;
        }
    }

    public ProtocolCode CloseCode
    {
        get
        {
            lock (_gate)
            {
                var code = _session.RemoteLeaves ? ProtocolCode.GoingAway : _session.CloseCode;
                return _lost && code == ProtocolCode.None ? ProtocolCode.ConnectionLost : code;
            }
        }
    }

    /// <summary>True while nothing is expected: what the receiving loop holds no buffer for.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _session.Outstanding == 0;
        }
    }

    private bool IsOver => _lost || _session.RemoteLeaves || _session.State == PeerSessionState.Closed;

    /// <summary>Where reads come from and go back to.</summary>
    public ClientReadPool Reads { get; }

    /// <summary>Begins an operation, now or when its turn comes; when it can't, the operation ends.</summary>
    public void Begin(ClientOperation operation)
    {
        lock (_gate)
        {
            operation.IsActive = true;
            if (IsOver)
                End(operation, ProtocolCode.ConnectionLost);
            else if (_session.CanRequest)
                Start(operation);
            else if (!_operations.TryWait(operation))
                End(operation, ProtocolCode.TooBusy);

            if (operation.IsActive)
                _timer.WakeBy(operation.Deadline);
        }

        _loops.Wake();
    }

    /// <summary>Moves the deadline of an operation.</summary>
    public void Extend(ClientOperation operation, Instant deadline)
    {
        lock (_gate)
        {
            operation.Deadline = deadline;
            if (operation.IsActive)
                _timer.WakeBy(deadline);
        }
    }

    /// <summary>The caller of an operation gave it up.</summary>
    public void GiveUp(ClientOperation operation, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (operation.IsActive)
            {
                Detach(operation);
                operation.Cancel(cancellationToken);
            }
        }

        _loops.Wake();
    }

    /// <summary>Sends a part of a put once there is room; false when the put is over.</summary>
    public async ValueTask<bool> SendAsync(PutCall put, PeerMessage message, ReadOnlyMemory<byte> payload)
    {
        await _puts.WaitAsync();
        try
        {
            while (!TryGather(put, message, payload.Span))
                await _room.WaitAsync();
        }
        finally
        {
            _puts.Release();
        }

        _loops.Wake();
        return put.IsActive;
    }

    public void RefreshTicket(ReadOnlyMemory<byte> ticket)
    {
        lock (_gate)
        {
            _ticket = ticket;
            _session.Send(PeerMessage.TicketRefresh(ticket.Length), _actions);
            CarryOut(default, default);
        }

        _loops.Wake();
    }

    /// <summary>The server sent bytes that don't match their hash: it is not asked again.</summary>
    public ChunkReadResult Distrust()
    {
        lock (_gate)
        {
            _session.Fail(ProtocolCode.BadContent, _actions);
            CarryOut(default, default);
        }

        _loops.Wake();
        return ChunkReadResult.Unavailable;
    }

    /// <summary>Ends the link and all operations.</summary>
    public async ValueTask StopAsync()
    {
        Lose();
        await _connection.DisposeAsync();
        await Closed;
    }

    /// <summary>Takes in that the connection is over.</summary>
    public void Lose()
    {
        lock (_gate)
        {
            _lost = true;
            EndAll();
            _timer.Stop();
        }
    }

    /// <summary>
    /// Takes what is to be sent, empty for nothing; <paramref name="over"/> when nothing will follow.
    /// </summary>
    public ReadOnlyMemory<byte> TakeGathered(out bool over)
    {
        lock (_gate)
        {
            over = _lost || _session.State == PeerSessionState.Closed;
            WakePut();
            return _frames.Take();
        }
    }

    /// <summary>The last frame was sent: the server answers by closing; if it does not, the timer closes.</summary>
    public void LeaveSoon()
    {
        lock (_gate)
            _timer.WakeBy(_time.GetInstant() + Linger);
    }

    /// <summary>Takes in what was received.</summary>
    public void TakeFrames(ReceiveBuffer buffer)
    {
        lock (_gate)
        {
            var now = _time.GetInstant();
            var rest = buffer.Unread.Span;
            try
            {
                while (FrameReader.TryRead(ref rest, out var frame))
                {
                    var message = MessageCodec.Read(frame, out var payload);
                    _session.Receive(message, now, _actions);
                    CarryOut(default, payload);
                }
            }
            catch (ProtocolException broken)
            {
                _actions.Clear();
                _session.Fail(broken.Code, _actions);
                CarryOut(default, default);
                rest = default;
            }

            buffer.Consumed(buffer.Unread.Length - rest.Length);
            while (_session.CanRequest && _operations.TakeWaiting() is { } operation)
                Start(operation);

            WakePut();
        }
    }

    /// <summary>False while there is no room, or the put's turn has not come.</summary>
    private bool TryGather(PutCall put, in PeerMessage message, ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            if (!put.IsActive)
                return true;

            _putWaits = put.Place < 0 || !_frames.HasRoomForPut(payload.Length);
            if (_putWaits)
                return false;

            _session.Send(message.WithRequest(put.Request.Request), _actions);
            CarryOut(payload, default);
            return true;
        }
    }

    // Through the pool: whoever puts must neither hold the lock nor a loop.
    private void WakePut()
    {
        if (_putWaits)
            _room.SetFromPool();

        _putWaits = false;
    }

    private void CarryOut(ReadOnlySpan<byte> outgoing, ReadOnlySpan<byte> incoming)
    {
        for (var i = 0; i < _actions.Count; i++)
        {
            ref readonly var action = ref _actions[i];
            switch (action.Kind)
            {
                case SessionActionKind.Send:
                    Gather(action.Message, outgoing);
                    break;
                case SessionActionKind.CheckTicket:
                    _session.TicketChecked(ProtocolCode.None, TicketScope.None, Instant.Never, _actions);
                    break;
                case SessionActionKind.Opened:
                    _opened.TrySetResult();
                    _timer.WakeBy(_session.NextWake);
                    break;
                case SessionActionKind.Deliver:
                    Deliver(action, incoming);
                    break;
                case SessionActionKind.Close:
                    EndAll();
                    break;
            }
        }

        _actions.Clear();
    }

    private void Gather(in PeerMessage message, ReadOnlySpan<byte> payload)
    {
        if (message.Kind is PeerMessageKind.Hello or PeerMessageKind.TicketRefresh)
            payload = _ticket.Span;

        if (_frames.HasRoom(payload.Length))
            _frames.Add(message, payload);
        else
            _ = _connection.DisposeAsync().AsTask(); // It asks for signs of life without end and reads none.
    }

    private void Deliver(in SessionAction action, ReadOnlySpan<byte> payload)
    {
        if (_operations[action.Place] is not { } operation)
            return;

        if (action.Ends)
            _operations.Remove(operation);

        operation.Take(action.Message, payload, action.Ends);
    }

    private void Start(ClientOperation operation)
    {
        operation.Request = operation.Request.WithRequest(_session.NextRequest());
        _session.Send(operation.Request, _actions);
        _operations.Place(operation, _actions[0].Place);
        CarryOut(operation.Payload.Span, default);
    }

    // The session swallows what still comes.
    private void Detach(ClientOperation operation)
    {
        if (operation.Place >= 0)
        {
            _session.Send(PeerMessage.Cancel(operation.Request.Request), _actions);
            CarryOut(default, default);
        }

        _operations.Remove(operation);
    }

    private void End(ClientOperation operation, ProtocolCode code)
    {
        _operations.Remove(operation);
        operation.End(code);
    }

    private void EndAll()
    {
        while (_operations.FindDue(Instant.Never) is { } operation)
            End(operation, ProtocolCode.ConnectionLost);

        _opened.TrySetResult();
        WakePut();
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            if (_lost)
                return;

            _timer.Fired();
            if (_session.State == PeerSessionState.Closed)
                _ = _connection.DisposeAsync().AsTask();

            var now = _time.GetInstant();
            _session.Wake(now, _actions);
            CarryOut(default, default);
            while (_operations.FindDue(now) is { } late)
            {
                Detach(late);
                late.End(ProtocolCode.Unavailable);
            }

            _timer.WakeBy(Instant.Min(_operations.NextDeadline, _session.NextWake));
        }

        _loops.Wake();
    }
}
