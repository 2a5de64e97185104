using Microsoft.AspNetCore.Connections;
using SpotifyCore.Content.Limits;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Contracts.Serving;

/// <summary>
/// Bounds what callers may hold of a server: connections, by address and in all, and the time on them that strangers
/// say nothing in. When all places are taken, a connection is closed of the address that holds the most of them: one
/// that has shown least, among equals the one that has waited longest without a whole message. So nobody is kept out by
/// what others hold; and where all hold one each, who is known is not pushed out by who is not. Of the strangers few
/// are served at a time (<see cref="StrangerTurns"/>). Safe for many threads.
/// </summary>
internal sealed class ConnectionLimits : IDisposable
{
    // What connections have shown: nothing, as they wait for their turn; nothing whole lately; a call that is being
    // answered; or who calls.
    private const int Waiting = 0;
    private const int Silent = 1;
    private const int Answered = 2;
    private const int Known = 3;

    // From being told to go to being closed: for the answer, and the end, to be on their way.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    // Timers count whole milliseconds, and may come that much early.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly GrpcServerOptions _options;
    private readonly TimeProvider _time;
    private readonly TimeSpan _silence;
    private readonly Lock _gate = new();
    private readonly PlaceTable<Subnet, CallerConnection> _strangers = new();
    private readonly PlaceTable<Subnet, CallerConnection> _connections = new();
    private readonly StrangerTurns _turns;
    private readonly ITimer _timer;

    /// <summary>Limits that nobody has reached yet.</summary>
    public ConnectionLimits(GrpcServerOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _silence = TimeSpan.FromSeconds(options.StrangerSeconds);
        _turns = new StrangerTurns(options);
        _timer = time.CreateTimer(
            static self => ((ConnectionLimits)self!).HandOutTurns(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>The connections that wait for their turn.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_gate)
                return _turns.WaitingCount;
        }
    }

    /// <summary>Runs a connection within the limits once its turn has come, or closes it.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var caller = new CallerConnection(connection);
        var leaving = new List<CallerConnection>();
        if (!TryEnter(caller, leaving))
        {
            caller.Abort("Too many connections from this address.");
            return;
        }

        Abort(leaving);
        connection.Features.Set(caller);
        try
        {
            if (await caller.WaitForTurnAsync())
                await next(connection);
        }
        finally
        {
            Leave(caller);
            HandOutTurns();
        }
    }

    /// <summary>A call showed who calls: the connection is no stranger's any more.</summary>
    public void Know(CallerConnection caller)
    {
        lock (_gate)
        {
            if (caller.Silence is null)
                return;

            Forget(caller);
            _connections.Show(caller, Known);
        }

        HandOutTurns();
    }

    /// <summary>A stranger's call begins; false when there are too many on this connection.</summary>
    public bool TryBegin(CallerConnection caller)
    {
        lock (_gate)
        {
            if (caller.Calls == _options.MaxStrangerCalls)
                return false;

            caller.Calls++;
            return true;
        }
    }

    /// <summary>The message of a stranger's call is whole: from now on he waits for the server.</summary>
    public void Received(CallerConnection caller)
    {
        lock (_gate)
        {
            if (caller.Answering++ == 0)
                Show(caller, Answered);
            caller.Silence?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            caller.IsToldToGo = false;
            _turns.Leave(caller);
        }

        HandOutTurns();
    }

    /// <summary>A stranger's call has ended.</summary>
    public void End(CallerConnection caller, bool wasReceived)
    {
        lock (_gate)
        {
            caller.Calls--;
            if (!wasReceived)
                return;

            if (--caller.Answering > 0 || caller.Silence is null)
                return;

            caller.Silence.Change(_silence, Timeout.InfiniteTimeSpan);
            Show(caller, Silent);
            _turns.FallSilent(caller, _time.GetInstant());
        }

        HandOutTurns();
    }

    public void Dispose() => _timer.Dispose();

    private static void Abort(List<CallerConnection> leaving)
    {
        foreach (var caller in leaving)
            caller.Abort("Others need the place.");
    }

    private void HandOutTurns()
    {
        var leaving = new List<CallerConnection>();
        HandOutTurns(leaving);
        Abort(leaving);
    }

    private void HandOutTurns(List<CallerConnection> leaving)
    {
        lock (_gate)
        {
            var now = _time.GetInstant();
            while (_turns.Next(now, out var goes) is { } next)
            {
                if (goes is not null)
                {
                    Leave(goes);
                    leaving.Add(goes);
                }

                // It has waited for us: its own time begins now.
                next.Silence?.Change(_silence, Timeout.InfiniteTimeSpan);
                Show(next, Silent);
                next.Begin();
            }

            if (_turns.NextAt is var at && at != Instant.Never)
                _timer.Change(at - now + Tick, Timeout.InfiniteTimeSpan);
        }
    }

    private bool TryEnter(CallerConnection caller, List<CallerConnection> leaving)
    {
        lock (_gate)
        {
            if (_connections.CountOf(caller.Network) >= _options.MaxConnectionsPerAddress)
                return false;

            if (!TryMakeRoom(caller.Network, out var displaced))
                return false;

            if (displaced is not null)
            {
                Leave(displaced);
                leaving.Add(displaced);
            }

            Enter(caller);

            // Its turn before anybody else comes: while it waits, it is the first that goes for him.
            HandOutTurns(leaving);
            return true;
        }
    }

    /// <summary>Whose connection is to go for another, null while there is room; false when none may.</summary>
    private bool TryMakeRoom(Subnet network, out CallerConnection? goes)
    {
        goes = null;
        if (_strangers.CountOf(network) >= _options.MaxStrangersPerAddress)
            goes = _strangers.FirstOf(network);
        else if (_strangers.Count >= _options.MaxStrangers)
            goes = _strangers.FirstToGo(network);
        else if (_connections.Count >= _options.MaxConnections)
            goes = _connections.FirstToGo(network, Known);
        else
            return true;

        // Who asks for too much does not break off what is done for himself.
        return goes is not null && (goes.Network != network || !goes.IsBusy);
    }

    private void Enter(CallerConnection caller)
    {
        _connections.Add(caller.Network, caller, Waiting);
        _strangers.Add(caller.Network, caller, Waiting);
        _turns.Arrive(caller);
        caller.Silence = _time.CreateTimer(
            silent => EndSilence((CallerConnection)silent!), caller, _silence, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Nothing was said for too long. Who was served is told so before it is closed: he may just be about to speak.
    /// </summary>
    private void EndSilence(CallerConnection caller)
    {
        lock (_gate)
        {
            if (caller.Silence is null || caller.Answering > 0)
                return;

            if (caller.IsServed && !caller.IsToldToGo)
            {
                caller.IsToldToGo = true;
                caller.Silence.Change(Farewell, Timeout.InfiniteTimeSpan);
                caller.TellToGo();
                return;
            }
        }

        caller.Abort("Nothing was said.");
    }

    /// <summary>A stranger's connection has shown so much, and not more.</summary>
    private void Show(CallerConnection caller, int shown)
    {
        if (caller.Silence is null)
            return;

        _strangers.Show(caller, shown);
        _connections.Show(caller, shown);
    }

    private void Leave(CallerConnection caller)
    {
        lock (_gate)
        {
            Forget(caller);
            _connections.Remove(caller);
        }
    }

    private void Forget(CallerConnection caller)
    {
        _strangers.Remove(caller);
        _turns.Leave(caller);
        caller.Silence?.Dispose();
        caller.Silence = null;
    }
}
