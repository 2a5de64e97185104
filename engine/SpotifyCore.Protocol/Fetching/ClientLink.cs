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
/// One connection shared by many callers: a loop that receives, a loop that sends what callers gathered, a timer, and a
/// session under one lock. Safe for many threads.
/// </summary>
internal sealed class ClientLink
{
    private const int ReceiveBytes = 256 * 1024;
    private const int GatherBytes = 64 * 1024;
    private const int PooledReads = 256;

    // What puts leave free for requests and answers.
    private const int PutReserve = 32 * 1024;
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly IConnection _connection;
    private readonly TimeProvider _time;
    private readonly PeerSession _session;
    private readonly SessionActions _actions = new();
    private readonly ClientOperation?[] _operations;
    private readonly WaitingOperations _waiting;
    private readonly Stack<ClientRead> _reads = new();
    private readonly LoopSignal _gathered = new();
    private readonly LoopSignal _room = new();
    private readonly SemaphoreSlim _puts = new(1);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _timer;
    private ReadOnlyMemory<byte> _ticket;
    private SendBatch _gathering = new(GatherBytes);
    private SendBatch _sending = new(GatherBytes);
    private Instant _timerAt = Instant.Never;
    private bool _lost;

    public ClientLink(IConnection connection, ReadOnlyMemory<byte> ticket, ChunkClientOptions options, TimeProvider time)
    {
        _connection = connection;
        _ticket = ticket;
        _time = time;
        _session = new PeerSession(options.ToSession(), initiator: true);
        _operations = new ClientOperation?[options.RequestLimit];
        _waiting = new WaitingOperations(options.WaitingLimit);
        _timer = time.CreateTimer(
            static state => ((ClientLink)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            _session.Start(_time.GetInstant(), _actions);
            CarryOut(default, default);
            WakeBy(_session.NextWake);
        }

        Closed = RunAsync();
    }

    public PeerId? RemoteId => _connection.RemoteId;

    /// <summary>Completes once the hello is done, or the link is over.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Completes once the link is over and all operations are.</summary>
    public Task Closed { get; }

    public bool IsAlive
    {
        get
        {
            lock (_gate)
                return !_lost && _session is { State: PeerSessionState.Open, RemoteLeaves: false };
        }
    }

    public ProtocolCode CloseCode
    {
        get
        {
            lock (_gate)
            {
                return _lost && _session.CloseCode == ProtocolCode.None
                    ? ProtocolCode.ConnectionLost
                    : _session.CloseCode;
            }
        }
    }

    public ClientRead RentRead()
    {
        lock (_gate)
            return _reads.TryPop(out var read) ? read : new ClientRead(this);
    }

    public void Return(ClientRead read)
    {
        lock (_gate)
        {
            if (_reads.Count < PooledReads)
                _reads.Push(read);
        }
    }

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
            else if (!_waiting.TryAdd(operation))
                End(operation, ProtocolCode.TooBusy);

            if (operation.IsActive)
                WakeBy(operation.Deadline);
        }

        _gathered.Set();
    }

    /// <summary>Moves the deadline of an operation.</summary>
    public void Extend(ClientOperation operation, Instant deadline)
    {
        lock (_gate)
        {
            operation.Deadline = deadline;
            if (operation.IsActive)
                WakeBy(deadline);
        }
    }

    /// <summary>The caller of an operation gave it up.</summary>
    public void GiveUp(ClientOperation operation, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!operation.IsActive)
                return;

            Detach(operation);
            operation.Cancel(cancellationToken);
        }

        _gathered.Set();
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

        _gathered.Set();
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

        _gathered.Set();
    }

    /// <summary>The server sent bytes that don't match their hash: it is not asked again.</summary>
    public ChunkReadResult Distrust()
    {
        lock (_gate)
            Fail(ProtocolCode.BadContent);

        _gathered.Set();
        return ChunkReadResult.Unavailable;
    }

    /// <summary>Ends the link and all operations.</summary>
    public async ValueTask StopAsync()
    {
        lock (_gate)
            _lost = true;

        await _connection.DisposeAsync();
        await Closed;
    }

    /// <summary>False while there is no room, or the put's turn has not come.</summary>
    private bool TryGather(PutCall put, in PeerMessage message, ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            if (!put.IsActive)
                return true;
            if (put.Place < 0 || _gathering.Room < PutReserve + payload.Length)
                return false;

            _session.Send(message.WithRequest(put.Request.Request), _actions);
            CarryOut(payload, default);
            return true;
        }
    }

    private bool IsOver => _lost || _session.RemoteLeaves || _session.State == PeerSessionState.Closed;

    private async Task RunAsync()
    {
        var sending = SendLoopAsync();
        try
        {
            await ReceiveLoopAsync();
        }
        finally
        {
            lock (_gate)
            {
                _lost = true;
                EndAll();
            }

            _gathered.Set();
            await _connection.DisposeAsync();
            await sending;
            await _timer.DisposeAsync();
        }
    }

    private async Task ReceiveLoopAsync()
    {
        using var buffer = new ReceiveBuffer(ReceiveBytes);
        try
        {
            while (true)
            {
                if (buffer.IsEmpty && IsIdle)
                {
                    buffer.Release();
                    await _connection.ReceiveAsync(Memory<byte>.Empty);
                }

                var length = await _connection.ReceiveAsync(buffer.GetSpace());
                if (length == 0)
                    return;

                buffer.Received(length);
                TakeFrames(buffer);
                _gathered.Set();
            }
        }
        catch (IOException)
        {
            // Lost: everything in flight ends.
        }
    }

    private bool IsIdle
    {
        get
        {
            lock (_gate)
                return _session.Outstanding == 0;
        }
    }

    private async Task SendLoopAsync()
    {
        try
        {
            while (true)
            {
                if (TakeGathered(out var over))
                {
                    _room.Set();
                    await _connection.SendAsync(_sending.Unsent);
                }
                else if (over)
                {
                    break;
                }
                else
                {
                    await _gathered.WaitAsync();
                }
            }
        }
        catch (IOException)
        {
            // The receive loop sees it too.
        }

        _room.Set();
        LeaveSoon();
    }

    private bool TakeGathered(out bool over)
    {
        lock (_gate)
        {
            over = _lost || _session.State == PeerSessionState.Closed;
            _sending.Clear();
            (_gathering, _sending) = (_sending, _gathering);
            return _sending.HasUnsent;
        }
    }

    // The server answers the last frame by closing; if it does not, the timer closes.
    private void LeaveSoon()
    {
        lock (_gate)
        {
            if (!_lost)
                WakeBy(_time.GetInstant() + Linger);
        }
    }

    private void TakeFrames(ReceiveBuffer buffer)
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
                Fail(broken.Code);
                rest = default;
            }

            buffer.Consumed(buffer.Unread.Length - rest.Length);
            StartWaiting();
        }

        _room.Set();
    }

    private void CarryOut(ReadOnlySpan<byte> outgoing, ReadOnlySpan<byte> incoming)
    {
        for (var i = 0; i < _actions.Count; i++)
        {
            var action = _actions[i];
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
                    WakeBy(_session.NextWake);
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
        if (_gathering.Room < SendBatch.AnswerRoom + payload.Length)
        {
            // A server that asks for signs of life without end and reads none.
            _ = _connection.DisposeAsync().AsTask();
            return;
        }

        if (message.Kind is PeerMessageKind.Hello or PeerMessageKind.TicketRefresh)
            _gathering.Add(message, _ticket.Span);
        else if (payload.IsEmpty)
            _gathering.Add(message);
        else
            _gathering.Add(message, payload);
    }

    private void Deliver(in SessionAction action, ReadOnlySpan<byte> payload)
    {
        if (action.Place < 0 || _operations[action.Place] is not { } operation)
            return;

        if (action.Ends)
            Forget(operation);

        operation.Take(action.Message, payload, action.Ends);
    }

    private void Start(ClientOperation operation)
    {
        operation.Request = operation.Request.WithRequest(_session.NextRequest());
        if (!_session.Send(operation.Request, _actions))
        {
            End(operation, ProtocolCode.ConnectionLost);
            return;
        }

        operation.Place = _actions[0].Place;
        _operations[operation.Place] = operation;
        CarryOut(operation.Payload.Span, default);
    }

    private void StartWaiting()
    {
        while (_session.CanRequest && _waiting.TakeNext() is { } operation)
            Start(operation);
    }

    private void Forget(ClientOperation operation)
    {
        if (operation.Place >= 0)
            _operations[operation.Place] = null;
        else
            _waiting.Remove(operation);

        operation.Place = -1;
        operation.IsActive = false;
    }

    // The session swallows what still comes.
    private void Detach(ClientOperation operation)
    {
        if (operation.Place >= 0)
        {
            _session.Send(PeerMessage.Cancel(operation.Request.Request), _actions);
            CarryOut(default, default);
        }

        Forget(operation);
    }

    private void End(ClientOperation operation, ProtocolCode code)
    {
        Forget(operation);
        operation.End(code);
    }

    private void EndAll()
    {
        foreach (var operation in _operations)
        {
            if (operation is not null)
                End(operation, ProtocolCode.ConnectionLost);
        }

        while (_waiting.TakeNext() is { } waiting)
            End(waiting, ProtocolCode.ConnectionLost);

        _opened.TrySetResult();
        _room.Set();
    }

    private void Fail(ProtocolCode code)
    {
        _session.Fail(code, _actions);
        CarryOut(default, default);
    }

    private void WakeBy(Instant at)
    {
        if (at >= _timerAt || _lost)
            return;

        _timerAt = at;
        var due = at - _time.GetInstant();
        _timer.Change(due < TimeSpan.Zero ? TimeSpan.Zero : due < LongestWait ? due : LongestWait, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            if (_lost)
                return;

            _timerAt = Instant.Never;
            var now = _time.GetInstant();
            if (_session.State == PeerSessionState.Closed)
                _ = _connection.DisposeAsync().AsTask();

            _session.Wake(now, _actions);
            CarryOut(default, default);
            WakeBy(EndLate(now));
            WakeBy(_session.NextWake);
        }

        _gathered.Set();
    }

    /// <summary>Ends what is late; says when the next will be.</summary>
    private Instant EndLate(Instant now)
    {
        while (_waiting.FindLate(now) is { } late)
            End(late, ProtocolCode.Unavailable);

        var next = Instant.Never;
        foreach (var operation in _operations)
        {
            if (operation is null)
                continue;

            if (operation.Deadline > now)
            {
                next = Instant.Min(next, operation.Deadline);
                continue;
            }

            Detach(operation);
            operation.End(ProtocolCode.Unavailable);
        }

        return Instant.Min(next, _waiting.NextDeadline);
    }
}
