using System.Collections.Concurrent;
using System.Net;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Node.Tests.Links;

/// <summary>Counts the attempts to connect to each port, can cut all connections and fail new ones.</summary>
internal sealed class CountingTransport(ITransport transport) : ITransport
{
    private readonly ConcurrentQueue<IConnection> _open = new();

    public ConcurrentDictionary<int, int> Connects { get; } = new();

    /// <summary>What the next attempt to connect ends with.</summary>
    public Exception? NextFailure { get; set; }

    public async ValueTask<IConnection> ConnectAsync(NodeAddress address, CancellationToken cancellationToken = default)
    {
        Connects.AddOrUpdate(address.Port, 1, static (_, count) => count + 1);
        if (NextFailure is { } failure)
        {
            NextFailure = null;
            throw failure;
        }

        var connection = await transport.ConnectAsync(address, cancellationToken);
        _open.Enqueue(connection);
        return connection;
    }

    public ValueTask<IConnectionListener> ListenAsync(
        IPEndPoint endPoint, CancellationToken cancellationToken = default) =>
        transport.ListenAsync(endPoint, cancellationToken);

    public async Task DropAllAsync()
    {
        while (_open.TryDequeue(out var connection))
            await connection.DisposeAsync();
    }
}
