using SpotifyCore.Content.Limits;
using SpotifyCore.Content.Time;
using SpotifyCore.Protocol.Frames;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Sessions;
using SpotifyCore.Protocol.Shells;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Protocol.Serving;

/// <summary>
/// The loop of one connection: takes frames in, serves, sends what was gathered, and sleeps when nothing is left to do.
/// While a send waits for the far side to read, nothing else is taken in.
/// </summary>
internal sealed class ServerConnection
{
    private const int ReceiveBytes = 64 * 1024;
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    /// <summary>How often memory is asked for again that other connections hold.</summary>
    private static readonly TimeSpan StarvedPause = TimeSpan.FromMilliseconds(250);
    private readonly ServerContext _context;
    private readonly IConnection _connection;
    private readonly PeerSession _session;
    private readonly SessionActions _actions = new();
    private readonly SessionActions _answers = new();
    private readonly LoopSignal _signal = new();
    private readonly ConnectionReceiver _receiver;
    private readonly ControlOutbox _control;
    private readonly RequestServing _serving;
    private long _wakeAt = long.MaxValue;
    private long _abortAt = long.MaxValue;
    private PutIntake? _intake;
    private Instant _drainUntil = Instant.Never;
    private bool _opened;
    private bool _broken;
    private volatile bool _stopping;

    public ServerConnection(ServerContext context, IConnection connection)
    {
        _context = context;
        _connection = connection;
        _session = new PeerSession(context.Session, initiator: false);
        _receiver = new ConnectionReceiver(connection, _signal, ReceiveBytes);
        var subnet = Subnet.Of(connection.RemoteEndPoint);
        _control = new ControlOutbox(context.SmallBatches, subnet);
        _serving = new RequestServing(context, _session, _answers, _control, _signal) { Subnet = subnet };
    }

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
            await LingerAsync();
        }
        catch (IOException)
        {
            // The far side left.
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

    /// <summary>Called when it may be time, on any thread: wakes the loop, or ends it when it hangs.</summary>
    /// <returns>When it is to be called again, if the loop does not ask for it before.</returns>
    public Instant Tick(Instant now)
    {
        var (abortAt, wakeAt) = (new Instant(Volatile.Read(ref _abortAt)), new Instant(Volatile.Read(ref _wakeAt)));
        if (now >= abortAt)
        {
            GiveWay();
            return Instant.Never;
        }

        if (now < wakeAt)
            return Instant.Min(abortAt, wakeAt);

        _signal.SetFromPool();
        return abortAt;
    }

    /// <summary>Called on any thread when another needs its place: ends it, without a word.</summary>
    public void GiveWay() => _ = _connection.DisposeAsync().AsTask();

    /// <summary>False while a put is being written, or answers wait to be sent.</summary>
    private bool CanTake => _intake is not { IsBusy: true } && _control.HasRoom;

    private async Task LoopAsync()
    {
        _session.Start(_context.Time.GetInstant(), _actions);
        while (true)
        {
            var advanced = _session.State != PeerSessionState.Closed && Step();
            if (_control.Unsent is { IsEmpty: false } control)
            {
                AbortAfter(_context.Options.SendTimeout);
                await _connection.SendAsync(control);
                _control.MarkSent();
            }
            else if (!_broken && _serving.Unsent is { IsEmpty: false } unsent)
            {
                AbortAfter(_context.Options.SendTimeout);
                await _connection.SendAsync(unsent);
                _serving.MarkSent();
            }
            else if (_session.State == PeerSessionState.Closed)
            {
                return;
            }
            else if (!advanced)
            {
                Sleep();
                await _signal.WaitAsync();
            }
        }
    }

    /// <summary>Does all that can be done without waiting. False when that is nothing.</summary>
    private bool Step()
    {
        var now = _context.Time.GetInstant();
        try
        {
            BeginDrain(now);
            _session.Wake(now, _actions);
            CarryOut(default, now);
            var advanced = _intake?.Poll() ?? false;
            advanced |= TakeFrames(now);
            if (CanTake && _receiver.Poll())
            {
                if (_receiver.Ended)
                    throw new EndOfStreamException();

                TakeFrames(now);
                advanced = true;
            }

            return _serving.Advance(now) || advanced;
        }
        catch (ProtocolException broken)
        {
            ChunkServerLog.RuleBroken(
                _context.Logger, _connection.RemoteId, _connection.RemoteEndPoint, broken.Code);
            _broken = true;
            _actions.Clear();
            _session.Fail(broken.Code, _actions);
            CarryOut(default, now);
            return true;
        }
    }

    private bool TakeFrames(Instant now)
    {
        var taken = false;
        while (_session.State != PeerSessionState.Closed && CanTake)
        {
            var unread = _receiver.Buffer.Unread;
            var rest = unread.Span;
            if (!FrameReader.TryRead(ref rest, out var frame))
                break;

            var message = MessageCodec.Read(frame, out var payload);
            var length = unread.Length - rest.Length;
            _receiver.Buffer.Consumed(length);
            _session.Receive(message, now, _actions);
            CarryOut(unread.Slice(length - payload.Length, payload.Length), now);
            taken = true;
        }

        return taken;
    }

    private void CarryOut(ReadOnlyMemory<byte> payload, Instant now)
    {
        for (var i = 0; i < _actions.Count; i++)
        {
            ref readonly var action = ref _actions[i];
            switch (action.Kind)
            {
                case SessionActionKind.Send:
                    _control.Add(action.Message);
                    break;
                case SessionActionKind.CheckTicket:
                    CheckTicket(payload.Span, now);
                    break;
                case SessionActionKind.Opened:
                    Open();
                    break;
                case SessionActionKind.Deliver:
                    Deliver(action.Message, action.Place, payload, now);
                    break;
            }
        }

        _actions.Clear();
    }

    private void CheckTicket(ReadOnlySpan<byte> ticket, Instant now)
    {
        var today = _context.Time.GetUtcNow();
        var access = _context.Gate.Check(ticket, _connection.RemoteId, today);
        var expires = access.Expires == DateTimeOffset.MaxValue ? Instant.Never : now + (access.Expires - today);
        _session.TicketChecked(access.Code, access.Scope, expires, _actions);
    }

    private void Open()
    {
        _opened = true;
        _context.Connections.Opened(this);
        ChunkServerLog.Opened(
            _context.Logger, _session.RemoteRole, _connection.RemoteId, _connection.RemoteEndPoint);
    }

    private void Deliver(in PeerMessage message, int place, ReadOnlyMemory<byte> payload, Instant now)
    {
        switch (message.Kind)
        {
            case PeerMessageKind.ChunkRequest or PeerMessageKind.ManifestRequest or PeerMessageKind.HaveRequest
                or PeerMessageKind.ListRequest:
                _serving.Add(message, place, now);
                break;
            case PeerMessageKind.Cancel:
                if (_intake is null || !_intake.TryCancel(message))
                    _serving.Cancel(place);

                break;
            case PeerMessageKind.PutBegin or PeerMessageKind.PutChunk or PeerMessageKind.PutCommit:
                _intake ??= new PutIntake(_context, _session, _answers, _control, _signal);
                _intake.Take(message, payload);
                break;
        }
    }

    private void BeginDrain(Instant now)
    {
        if (!_stopping || _session.State is PeerSessionState.Draining or PeerSessionState.Closed)
            return;

        _session.Drain(ProtocolCode.GoingAway, _actions);
        CarryOut(default, now);
        _drainUntil = now + _context.Options.DrainTimeout;
    }

    private void AbortAfter(TimeSpan timeout)
    {
        var now = _context.Time.GetInstant();
        var abortAt = Instant.Min(_drainUntil, now + timeout);
        Volatile.Write(ref _abortAt, abortAt.Ticks);
        _context.Connections.WakeBy(abortAt, now);
    }

    private void Sleep()
    {
        var now = _context.Time.GetInstant();
        var wakeAt = _serving.IsStarved ? now + StarvedPause : _session.NextWake;
        Volatile.Write(ref _abortAt, _drainUntil.Ticks);
        Volatile.Write(ref _wakeAt, wakeAt.Ticks);
        _context.Connections.WakeBy(Instant.Min(_drainUntil, wakeAt), now);
    }

    /// <summary>
    /// Waits for the far side to close too, throwing away what it still sends: closing with bytes unread would reset
    /// the connection, and the last frames with it.
    /// </summary>
    private async Task LingerAsync()
    {
        _drainUntil = Instant.Never;
        AbortAfter(Linger);
        while (!_receiver.Ended)
        {
            if (_receiver.Poll())
                _receiver.Buffer.Consumed(_receiver.Buffer.Unread.Length);
            else
                await _signal.WaitAsync();
        }
    }

    private async Task CleanUpAsync()
    {
        await _connection.DisposeAsync();
        await _receiver.StopAsync();
        await _serving.StopAsync();
        if (_intake is not null)
            await _intake.StopAsync();

        _control.MarkSent();
        if (!_opened)
            _context.Counters.Refused();

        ChunkServerLog.Closed(
            _context.Logger, _connection.RemoteId, _connection.RemoteEndPoint, _session.CloseCode);
    }
}
