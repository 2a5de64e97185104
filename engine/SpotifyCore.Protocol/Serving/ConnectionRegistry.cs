using System.Net;
using SpotifyCore.Content.Limits;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Protocol.Serving;

/// <summary>
/// The connections of a server, within its limits, and the one timer that wakes them all: set for what comes first, and
/// not at all while nobody waits for it. Safe for many threads.
/// </summary>
internal sealed class ConnectionRegistry
{
    // Of a wait, so much may be added to it: what many connections wait for falls together then.
    private const int Slack = 8;

    // What connections have shown: nothing yet, or a hello.
    private const int Greeted = 1;
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private readonly Lock _gate = new();
    private readonly PlaceTable<Subnet, ServerConnection> _connections = new();
    private readonly ChunkServerOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _armedFor = long.MaxValue;

    /// <summary>Without connections.</summary>
    public ConnectionRegistry(ChunkServerOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _timer = time.CreateTimer(
            static self => ((ConnectionRegistry)self!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count
    {
        get
        {
            lock (_gate)
                return _connections.Count;
        }
    }

    /// <summary>
    /// Takes a connection in; false when its address has too many, or when all places are taken and none has more. Else
    /// one of the address that has the most goes for it: the oldest that has said no hello; or the oldest, if that
    /// address keeps as many as the newcomer's then has.
    /// </summary>
    public bool TryAdd(ServerConnection connection, EndPoint remote)
    {
        ServerConnection? displaced = null;
        lock (_gate)
        {
            var subnet = Subnet.Of(remote);
            var count = _connections.CountOf(subnet);
            if (!IsThisMachine(remote) && count >= _options.MaxConnectionsPerAddress)
                return false;

            if (_connections.Count >= _options.MaxConnections)
            {
                displaced = _connections.FirstToGo(subnet, Greeted);
                if (displaced is null || _connections.FirstOf(subnet) == displaced)
                    return false;

                _connections.Remove(displaced);
            }

            _connections.Add(subnet, connection);
        }

        displaced?.GiveWay();
        return true;
    }

    /// <summary>Takes in that a connection's hello is done.</summary>
    public void Opened(ServerConnection connection)
    {
        lock (_gate)
            _connections.Show(connection, Greeted);
    }

    /// <summary>A connection is over, or about to be.</summary>
    public void Remove(ServerConnection connection)
    {
        lock (_gate)
        {
            _connections.Remove(connection);
            if (_connections.Count == 0)
                Arm(Instant.Never, default);
        }
    }

    /// <summary>
    /// Has a connection's <see cref="ServerConnection.Tick"/> called once an instant has come that it has noted before;
    /// late by an eighth of the wait at most.
    /// </summary>
    public void WakeBy(Instant at, Instant now)
    {
        if (at == Instant.Never)
            return;

        // What was noted must be there for a tick that is going through the connections at this moment.
        Interlocked.MemoryBarrier();
        var latest = LatestFor(at, now);
        if (latest.Ticks >= Volatile.Read(ref _armedFor))
            return;

        lock (_gate)
        {
            if (latest.Ticks < _armedFor)
                Arm(latest, now);
        }
    }

    private static bool IsThisMachine(EndPoint remote) =>
        remote is not IPEndPoint { Address: var address } || IPAddress.IsLoopback(address);

    private static Instant LatestFor(Instant at, Instant now) => at > now ? at + ((at - now) / Slack) : now;

    private void Arm(Instant at, Instant now)
    {
        // In full, so that whoever notes a time from here on sees that he has to ask for it.
        Interlocked.Exchange(ref _armedFor, at.Ticks);
        var due = at == Instant.Never ? Timeout.InfiniteTimeSpan
            : TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min((at - now).TotalMilliseconds, LongestWait.TotalMilliseconds)));
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private void Tick()
    {
        var now = _time.GetInstant();
        List<ServerConnection>? hanging = null;
        lock (_gate)
        {
            Arm(Instant.Never, now);
            var earliest = Instant.Never;
            foreach (var connection in _connections.Items)
            {
                if (connection.HangsAt(now))
                    (hanging ??= []).Add(connection);
                else
                    earliest = Instant.Min(earliest, connection.Tick(now));
            }

            if (earliest != Instant.Never && LatestFor(earliest, now) is var latest && latest.Ticks < _armedFor)
                Arm(latest, now);
        }

        // Without the lock: closing a socket may take its time, and who is served waits for the lock.
        hanging?.ForEach(static connection => connection.GiveWay());
    }
}
