using System.Net;
using System.Threading.Channels;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Transports;

/// <summary>Accepts connections of a <see cref="MemoryNetwork"/>.</summary>
internal sealed class MemoryListener(MemoryNetwork network, IPEndPoint endPoint, PeerId? id) : IConnectionListener
{
    private const int Backlog = 512;
    private readonly Channel<IConnection> _ready = Channel.CreateBounded<IConnection>(Backlog);

    public IPEndPoint EndPoint => endPoint;

    public PeerId? Id => id;

    public bool TryAdd(IConnection connection) => _ready.Writer.TryWrite(connection);

    public async ValueTask<IConnection?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _ready.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_ready.Reader.TryRead(out var connection))
                return connection;
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        network.Remove(this);
        _ready.Writer.TryComplete();
        while (_ready.Reader.TryRead(out var connection))
            await connection.DisposeAsync();
    }
}
