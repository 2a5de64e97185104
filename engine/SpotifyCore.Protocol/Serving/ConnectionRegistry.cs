using System.Net;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Protocol.Serving;

/// <summary>
/// The connections of a server, within its limits, and the one timer that ticks for all of them. Safe for many threads.
/// </summary>
internal sealed class ConnectionRegistry(ChunkServerOptions options, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);
    private readonly Lock _gate = new();
    private readonly HashSet<ServerConnection> _connections = [];
    private readonly Dictionary<IPAddress, int> _addresses = [];
    private ITimer? _timer;

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
            if (_connections.Count >= options.MaxConnections || !TryCount(remote))
                return false;

            _connections.Add(connection);
            _timer ??= time.CreateTimer(static state => ((ConnectionRegistry)state!).Tick(), this, Period, Period);
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
            if (_connections.Count > 0)
                return;

            _timer?.Dispose();
            _timer = null;
        }
    }

    private static IPAddress? AddressOf(EndPoint remote) =>
        remote is IPEndPoint { Address: var address } && !IPAddress.IsLoopback(address) ? address : null;

    private bool TryCount(EndPoint remote)
    {
        if (AddressOf(remote) is not { } address)
            return true;

        var count = _addresses.GetValueOrDefault(address);
        if (count >= options.MaxConnectionsPerAddress)
            return false;

        _addresses[address] = count + 1;
        return true;
    }

    private void Tick()
    {
        var now = time.GetInstant();
        lock (_gate)
        {
            foreach (var connection in _connections)
                connection.Tick(now);
        }
    }
}
