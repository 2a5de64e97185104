using System.Net;
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
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private readonly Lock _gate = new();
    private readonly HashSet<ServerConnection> _connections = [];
    private readonly Dictionary<IPAddress, int> _addresses = [];
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

    /// <summary>Takes a connection in; false when it is one too many.</summary>
    public bool TryAdd(ServerConnection connection, EndPoint remote)
    {
        lock (_gate)
        {
            if (_connections.Count >= _options.MaxConnections || !TryCount(remote))
                return false;

            _connections.Add(connection);
            return true;
        }
    }

    public void Remove(ServerConnection connection, EndPoint remote)
    {
        lock (_gate)
        {
            _connections.Remove(connection);
            if (AddressOf(remote) is { } address && --_addresses[address] == 0)
                _addresses.Remove(address);
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

    private static IPAddress? AddressOf(EndPoint remote) =>
        remote is IPEndPoint { Address: var address } && !IPAddress.IsLoopback(address) ? address : null;

    private bool TryCount(EndPoint remote)
    {
        if (AddressOf(remote) is not { } address)
            return true;

        var count = _addresses.GetValueOrDefault(address);
        if (count >= _options.MaxConnectionsPerAddress)
            return false;

        _addresses[address] = count + 1;
        return true;
    }

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
        lock (_gate)
        {
            Arm(Instant.Never, now);
            var earliest = Instant.Never;
            foreach (var connection in _connections)
                earliest = Instant.Min(earliest, connection.Tick(now));

            if (earliest != Instant.Never && LatestFor(earliest, now) is var latest && latest.Ticks < _armedFor)
                Arm(latest, now);
        }
    }
}
