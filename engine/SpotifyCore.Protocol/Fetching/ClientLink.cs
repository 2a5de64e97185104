using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Sources;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Connections;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Protocol.Fetching;

/// <summary>
/// A connection that many callers share: it, the operations and the timer under one lock. What callers ask leaves on
/// their own threads; a loop does the rest.
/// </summary>
internal sealed class ClientLink : IFrameHandler
{
    private static readonly PeerConnectionLimits Limits = new(ReceiveBytes: 256 * 1024, SendBytes: 64 * 1024);
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    // What puts leave free for requests and answers.
    private const int PutReserve = 32 * 1024;
    private readonly Lock _gate = new();
    private readonly IConnection _connection;
    private readonly TimeProvider _time;
    private readonly PeerConnection _peer;
    private readonly OperationTable _operations;
    private readonly LoopSignal _signal = new();
    private readonly LoopSignal _room = new();
    private readonly SemaphoreSlim _puts = new(1);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LinkTimer _timer;
    private Instant _lingersUntil = Instant.Never;
    private bool _putWaits;
    private bool _isLost;

    public ClientLink(
        IConnection connection, ReadOnlyMemory<byte> ticket, ChunkClientOptions options, TimeProvider time)
    {
        _connection = connection;
        _time = time;
        Ticket = ticket;
        var session = new PeerSession(options.ToSession(), initiator: true);
        _peer = new PeerConnection(connection, session, this, Limits, _signal.Set);
        _operations = new OperationTable(options.RequestLimit, options.WaitingLimit);
        _timer = new LinkTimer(time, OnTimer);
        Reads = new ClientReadPool(this);
        lock (_gate)
        {
            _peer.Start(_time.GetInstant());
            _timer.WakeBy(session.NextWake);
        }

        // Of its own: a server that never pauses must not keep whoever connects.
        Closed = Task.Run(RunAsync);
    }

    public PeerId? RemoteId => _connection.RemoteId;

    public ushort Version => _peer.Session.Version;

    /// <summary>Completes once the hello is done, or the link is over.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Completes once the link is over and all operations are.</summary>
    public Task Closed { get; }

    public bool IsAlive
    {
        get
        {
            lock (_gate)
                return !IsOver && _peer.Session.State == PeerSessionState.Open;
        }
    }

    public ProtocolCode CloseCode
    {
        get
        {
            lock (_gate)
            {
                var code = _peer.Session.RemoteLeaves ? ProtocolCode.GoingAway : _peer.Session.CloseCode;
                return (_isLost || _peer.IsOver) && code == ProtocolCode.None ? ProtocolCode.ConnectionLost : code;
            }
        }
    }

    /// <summary>Where reads come from and go back to.</summary>
    public ClientReadPool Reads { get; }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Ticket { get; private set; }

    /// <inheritdoc/>
    bool IFrameHandler.CanReceive => true;

    private bool IsOver =>
        _isLost || _peer.IsOver || _peer.Session.RemoteLeaves || _peer.Session.State == PeerSessionState.Closed;

    /// <summary>
    /// Begins operations, now, in as few writes as they fit in, or when their turn comes; what can't begin ends.
    /// </summary>
    public void Begin(params ReadOnlySpan<ClientOperation> operations)
    {
        lock (_gate)
        {
            foreach (var operation in operations)
                StartInTurn(operation);

            Flush();
        }
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

    /// <summary>The caller of operations gave them up; those that are over stay so.</summary>
    public void GiveUp(ReadOnlySpan<ClientOperation> operations, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var isOver = true;
            foreach (var operation in operations)
            {
                if (!operation.IsActive)
                    continue;

                isOver = false;
                Detach(operation);
                operation.Cancel(cancellationToken);
            }

            if (isOver)
                return;

            WakePut();
            Flush();
        }
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

        return put.IsActive;
    }

    public void RefreshTicket(ReadOnlyMemory<byte> ticket)
    {
        lock (_gate)
        {
            Ticket = ticket;
            _peer.Send(PeerMessage.TicketRefresh(ticket.Length));
            Flush();
        }
    }

    /// <summary>The server sent bytes that don't match their hash: it is not asked again.</summary>
    public ChunkReadResult Distrust()
    {
        lock (_gate)
            _peer.Fail(ProtocolCode.BadContent);

        _signal.SetFromPool();
        return ChunkReadResult.Unavailable;
    }

    /// <summary>Ends the link and all operations.</summary>
    public async ValueTask StopAsync()
    {
        Lose();
        await _connection.DisposeAsync();
        _signal.SetFromPool();
        await Closed;
    }

    /// <inheritdoc/>
    bool IFrameHandler.HasRoomFor(in PeerMessage message) => true;

    /// <inheritdoc/>
    /// <remarks>A node asks for nothing, whatever it shows.</remarks>
    void IFrameHandler.CheckTicket(ReadOnlySpan<byte> ticket) =>
        _peer.TicketChecked(ProtocolCode.None, TicketScope.None, Instant.Never);

    /// <inheritdoc/>
    void IFrameHandler.Opened()
    {
        _opened.TrySetResult();
        _timer.WakeBy(_peer.Session.NextWake);
    }

    /// <inheritdoc/>
    void IFrameHandler.Receive(in PeerMessage message, int place, bool ends, ReadOnlyMemory<byte> payload)
    {
        if (_operations[place] is not { } operation)
            return;

        if (ends)
            _operations.Remove(operation);

        operation.Take(message, payload.Span, ends);
    }

    /// <inheritdoc/>
    void IFrameHandler.Closed(ProtocolCode code, bool isFault) => EndAll();

    private async Task RunAsync()
    {
        while (TryAdvance(out var advanced))
        {
            if (!advanced)
                await _signal.WaitAsync();
            else if (_signal.EndsTurn())
                await Task.Yield();
        }

        Lose();
        await _connection.DisposeAsync();
        while (!TryRelease())
            await _signal.WaitAsync();
    }

    /// <summary>Does all that can be done without waiting; false when the link is over.</summary>
    private bool TryAdvance(out bool advanced)
    {
        lock (_gate)
        {
            advanced = _peer.Poll(_time.GetInstant());
            while (_peer.Session.CanRequest && _operations.TakeWaiting() is { } operation)
                Start(operation);

            WakePut();
            advanced |= _peer.Flush();

            // The last was said: the server answers by closing; if it does not, whatever it sends, the timer closes.
            if (_peer.IsLingering && _lingersUntil == Instant.Never)
                _lingersUntil = _time.GetInstant() + Linger;
            if (_peer.IsLingering || !advanced)
                _timer.WakeBy(_peer.IsLingering ? _lingersUntil : _peer.Session.NextWake);

            return !_isLost && !_peer.IsOver;
        }
    }

    /// <summary>Begins to send on the caller's thread; the loop does the rest.</summary>
    private void Flush()
    {
        _peer.Flush();
        if (_peer.IsOver)
            _signal.SetFromPool();
    }

    private bool TryRelease()
    {
        lock (_gate)
            return _peer.TryRelease();
    }

    private void Lose()
    {
        lock (_gate)
        {
            _isLost = true;
            EndAll();
            _timer.Stop();
        }
    }

    /// <summary>False while there is no room, or the put's turn has not come.</summary>
    private bool TryGather(PutCall put, in PeerMessage message, ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            if (!put.IsActive)
                return true;

            _putWaits = put.Place < 0 || !_peer.Sender.HasRoom(PutReserve + payload.Length);
            if (_putWaits)
                return false;

            _peer.Send(message.WithRequest(put.Request.Request), payload);
            Flush();
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

    private void StartInTurn(ClientOperation operation)
    {
        operation.IsActive = true;
        if (IsOver)
            End(operation, ProtocolCode.ConnectionLost);
        else if (_peer.Session.CanRequest)
            Start(operation);
        else if (!_operations.TryWait(operation))
            End(operation, ProtocolCode.TooBusy);

        if (operation.IsActive)
            _timer.WakeBy(operation.Deadline);
    }

    private void Start(ClientOperation operation)
    {
        operation.Request = operation.Request.WithRequest(_peer.Session.NextRequest());
        _peer.Send(operation.Request, operation.Payload.Span, out var place);
        _operations.Place(operation, place);
    }

    // The session swallows what still comes.
    private void Detach(ClientOperation operation)
    {
        // First of all: should there be no room for the cancel, the link ends, and all operations that it then has.
        var isPlaced = operation.Place >= 0;
        _operations.Remove(operation);
        if (isPlaced)
            _peer.Send(PeerMessage.Cancel(operation.Request.Request));
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
            if (_isLost)
                return;

            _timer.Fired();
            var now = _time.GetInstant();
            if (now >= _lingersUntil)
                _ = _connection.DisposeAsync().AsTask();

            while (_operations.FindDue(now) is { } late)
            {
                Detach(late);
                late.End(ProtocolCode.Unavailable);
            }

            _timer.WakeBy(Instant.Min(_operations.NextDeadline, _lingersUntil));
        }

        // The session may have something to say by now.
        _signal.Set();
    }
}
