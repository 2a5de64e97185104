using System.Net;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Protocol.Tests.Support;

/// <summary>Watches how the accepting side waits: with a buffer, or without.</summary>
internal sealed class WatchedTransport(ITransport inner) : ITransport
{
    private volatile bool _waitsEmpty;

    /// <summary>Completes once an accepted connection waits without a buffer.</summary>
    public static async Task UntilIdleAsync(ITransport transport)
    {
        while (!((WatchedTransport)transport)._waitsEmpty)
            await Task.Yield();
    }

    public ValueTask<IConnection> ConnectAsync(NodeAddress address, CancellationToken cancellationToken = default) =>
        inner.ConnectAsync(address, cancellationToken);

    public async ValueTask<IConnectionListener> ListenAsync(
        IPEndPoint endPoint, CancellationToken cancellationToken = default) =>
        new Listener(this, await inner.ListenAsync(endPoint, cancellationToken));

    private sealed class Listener(WatchedTransport watch, IConnectionListener listener) : IConnectionListener
    {
        public IPEndPoint EndPoint => listener.EndPoint;

        public async ValueTask<IConnection?> AcceptAsync(CancellationToken cancellationToken = default) =>
            await listener.AcceptAsync(cancellationToken) is { } accepted ? new Connection(watch, accepted) : null;

        public ValueTask DisposeAsync() => listener.DisposeAsync();
    }

    private sealed class Connection(WatchedTransport watch, IConnection connection) : IConnection
    {
        public PeerId? RemoteId => connection.RemoteId;

        public EndPoint RemoteEndPoint => connection.RemoteEndPoint;

        public ValueTask<int> ReceiveAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
        {
            var receive = connection.ReceiveAsync(destination, cancellationToken);
            watch._waitsEmpty = destination.IsEmpty && !receive.IsCompleted;
            return receive;
        }

        public ValueTask SendAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
            connection.SendAsync(source, cancellationToken);

        public void EndSending() => connection.EndSending();

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
