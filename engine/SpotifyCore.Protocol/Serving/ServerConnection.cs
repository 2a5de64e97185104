using SpotifyCore.Content.Limits;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Connections;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;

namespace SpotifyCore.Protocol.Serving;

/// <summary>
/// The loop of one connection: takes frames, serves, sends what was gathered, and sleeps when nothing is left to do.
/// While a send waits for the remote peer to read, nothing else is taken.
/// </summary>
internal sealed class ServerConnection : IFrameHandler
{
    /// <summary>Received at once, and gathered of small frames.</summary>
    private static readonly PeerConnectionLimits Limits = new(ReceiveBytes: 64 * 1024, SendBytes: 4096);

    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    /// <summary>How often memory is asked for again that other connections hold.</summary>
    private static readonly TimeSpan StarvedPause = TimeSpan.FromMilliseconds(250);
    private readonly ServerContext _context;
    private readonly IConnection _connection;
    private readonly PeerConnection _peer;
    private readonly LoopSignal _signal = new();
    private readonly RequestServing _serving;
    private long _wakeAt = long.MaxValue;
    private long _abortAt = long.MaxValue;
    private PutIntake? _intake;
    private Instant _now;
    private Instant _drainUntil = Instant.Never;
    private byte[]? _unchecked;
    private bool _isOpened;
    private bool _isLingering;
    private bool _hasSendLimit;
    private ProtocolCode _broken;
    private volatile bool _stopping;

    public ServerConnection(ServerContext context, IConnection connection)
    {
        _context = context;
        _connection = connection;
        var session = new PeerSession(context.Session, initiator: false);
        _peer = new PeerConnection(connection, session, this, Limits, _signal.Set);
        _serving = new RequestServing(context, _peer, _signal) { Subnet = Subnet.Of(connection.RemoteEndPoint) };
        _peer.Bulk = _serving;
    }

    /// <inheritdoc/>
    public bool CanReceive =>
        _unchecked is null && !_peer.Sender.IsSending && _peer.Sender.HasRoom(ProtocolText.MaxLength)
        && _intake is not { IsBusy: true };

    /// <inheritdoc/>
    /// <remarks>A node asks for nothing and needs none.</remarks>
    public ReadOnlyMemory<byte> Ticket => default;

    /// <inheritdoc/>
    public bool HasRoomFor(in PeerMessage message) => true;

    /// <summary>Serves until the connection is over.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await using var registration = stopping.UnsafeRegister(
            static state =>
            {
                var connection = (ServerConnection)state!;
                connection._stopping = true;
                connection._signal.SetFromPool();
            },
            this);
        try
        {
            await LoopAsync();
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            ChunkServerLog.LoopFailed(_context.Logger, _connection.RemoteEndPoint, failed);
        }
        finally
        {
            await CleanUpAsync();
        }
    }

    /// <summary>True when the remote peer has held it up for so long that it is to <see cref="GiveWay"/>.</summary>
    public bool HangsAt(Instant now) => now.Ticks >= Volatile.Read(ref _abortAt);

    /// <summary>Called when it may be time, on any thread: wakes the loop.</summary>
    /// <returns>When it is to be called again, if the loop does not ask for it before.</returns>
    public Instant Tick(Instant now)
    {
        var (abortAt, wakeAt) = (new Instant(Volatile.Read(ref _abortAt)), new Instant(Volatile.Read(ref _wakeAt)));
        if (now < wakeAt)
            return Instant.Min(abortAt, wakeAt);

        _signal.SetFromPool();
        return abortAt;
    }

    /// <summary>Called on any thread when another needs its place: ends it, without a word.</summary>
    public void GiveWay() => _ = _connection.DisposeAsync().AsTask();

    /// <inheritdoc/>
    /// <remarks>A signature takes as long as many chunks: it is checked where nobody else waits.</remarks>
    public void CheckTicket(ReadOnlySpan<byte> ticket) => _unchecked = ticket.ToArray();

    /// <inheritdoc/>
    public void Opened()
    {
        _isOpened = true;
        if (_context.Backend.NeverBlocks)
            _connection.CompleteInline();

        _context.Connections.Opened(this);
        ChunkServerLog.Opened(
            _context.Logger, _peer.Session.RemoteRole, _connection.RemoteId, _connection.RemoteEndPoint);
    }

    /// <inheritdoc/>
    public void Receive(in PeerMessage message, int place, bool ends, ReadOnlyMemory<byte> payload)
    {
        switch (message.Kind)
        {
            case PeerMessageKind.ChunkRequest or PeerMessageKind.ManifestRequest or PeerMessageKind.HaveRequest
                or PeerMessageKind.ListRequest:
                _serving.Add(message, place, _now);
                break;
            case PeerMessageKind.Cancel:
                if (_intake is null || !_intake.TryCancel(message))
                    _serving.Cancel(place);

                break;
            case PeerMessageKind.PutBegin or PeerMessageKind.PutChunk or PeerMessageKind.PutCommit:
                _intake ??= new PutIntake(_context, _peer, _signal);
                _intake.Take(message, payload);
                break;
        }
    }

    /// <inheritdoc/>
    public void Closed(ProtocolCode code, bool isFault)
    {
        if (isFault)
            _broken = code;
    }

    private async Task LoopAsync()
    {
        _peer.Start(_context.Time.GetInstant());
        while (!_peer.IsOver)
        {
            var advanced = Step();
            if (_unchecked is not null || _serving.Failure is not null)
            {
                // Others may be served by this thread: what takes long, and what follows, is done by another.
                await Task.Yield();
                DoWhatTakesLong();
            }
            else if (!advanced)
            {
                Sleep();
                await _signal.WaitAsync();
            }
            else if (_signal.EndsTurn())
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>Does all that can be done without waiting. False when that is nothing.</summary>
    private bool Step()
    {
        _now = _context.Time.GetInstant();
        BeginDrain();
        var advanced = _intake?.Poll() ?? false;
        advanced |= _peer.Poll(_now);
        if (!_peer.Sender.IsSending && _peer.Session.State != PeerSessionState.Closed)
            advanced |= _serving.Advance(_now);
        var hasSent = _peer.Flush();
        LimitHangs(hasSent);
        return advanced || hasSent;
    }

    private void DoWhatTakesLong()
    {
        if (_serving.TakeFailure() is { } failure)
            ChunkServerLog.BackendFailed(_context.Logger, failure);
        if (_unchecked is not { } ticket)
            return;

        _unchecked = null;
        var today = _context.Time.GetUtcNow();
        var access = _context.Gate.Check(ticket, _connection.RemoteId, today);
        var expires = access.Expires == DateTimeOffset.MaxValue
            ? Instant.Never
            : _context.Time.GetInstant() + (access.Expires - today);
        _peer.TicketChecked(access.Code, access.Scope, expires);
    }

    private void BeginDrain()
    {
        if (!_stopping || _peer.Session.State is PeerSessionState.Draining or PeerSessionState.Closed)
            return;

        _peer.Drain(ProtocolCode.GoingAway);
        _drainUntil = _now + _context.Options.DrainTimeout;
        AbortAt(Instant.Min(new Instant(_abortAt), _drainUntil));
    }

    /// <summary>
    /// Says how long the remote peer may take to read what is being sent, or to close after the last: with every step,
    /// as a remote peer that never pauses lets this loop never sleep.
    /// </summary>
    private void LimitHangs(bool hasSent)
    {
        if (_isLingering)
            return;

        if (_peer.IsLingering)
        {
            _isLingering = true;
            AbortAt(_now + Linger);
        }
        else if (!_peer.Sender.IsSending && _hasSendLimit)
        {
            _hasSendLimit = false;
            AbortAt(_drainUntil);
        }
        else if (_peer.Sender.IsSending && hasSent)
        {
            _hasSendLimit = true;
            AbortAt(Instant.Min(_drainUntil, _now + _context.Options.SendTimeout));
        }
    }

    private void AbortAt(Instant at)
    {
        Volatile.Write(ref _abortAt, at.Ticks);
        _context.Connections.WakeBy(at, _now);
    }

    private void Sleep()
    {
        if (_peer.Sender.IsSending || _isLingering)
            return;

        var wakeAt = _serving.IsStarved ? _now + StarvedPause : _peer.Session.NextWake;
        Volatile.Write(ref _wakeAt, wakeAt.Ticks);
        _context.Connections.WakeBy(wakeAt, _now);
    }

    private async Task CleanUpAsync()
    {
        // A log may be slow, and so may what is given back.
        await Task.Yield();
        await _connection.DisposeAsync();
        while (!_peer.TryRelease())
            await _signal.WaitAsync();

        await _serving.StopAsync();
        if (_intake is not null)
            await _intake.StopAsync();

        if (!_isOpened)
            _context.Counters.Refused();

        if (_broken != ProtocolCode.None)
            ChunkServerLog.RuleBroken(_context.Logger, _connection.RemoteId, _connection.RemoteEndPoint, _broken);

        ChunkServerLog.Closed(
            _context.Logger, _connection.RemoteId, _connection.RemoteEndPoint, _peer.Session.CloseCode);
    }
}
