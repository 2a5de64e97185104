using System.Net;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Protocol.Tests.Support;

/// <summary>Has what is accepted on this machine seem to come from an address elsewhere.</summary>
internal sealed class ElsewhereTransport(ITransport inner, IPAddress address) : ITransport
{
    public ValueTask<IConnection> ConnectAsync(NodeAddress to, CancellationToken cancellationToken = default) =>
        inner.ConnectAsync(to, cancellationToken);

    public async ValueTask<IConnectionListener> ListenAsync(
        IPEndPoint endPoint, CancellationToken cancellationToken = default) =>
        new Listener(await inner.ListenAsync(endPoint, cancellationToken), address);

    private sealed class Listener(IConnectionListener inner, IPAddress address) : IConnectionListener
    {
        public IPEndPoint EndPoint => inner.EndPoint;

        public async ValueTask<IConnection?> AcceptAsync(CancellationToken cancellationToken = default) =>
            await inner.AcceptAsync(cancellationToken) is { } accepted ? new Connection(accepted, address) : null;

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    private sealed class Connection(IConnection inner, IPAddress address) : IConnection
    {
        public PeerId? RemoteId => inner.RemoteId;

        public EndPoint RemoteEndPoint { get; } = new IPEndPoint(address, ((IPEndPoint)inner.RemoteEndPoint).Port);

        public ValueTask<int> ReceiveAsync(Memory<byte> destination, CancellationToken cancellationToken = default) =>
            inner.ReceiveAsync(destination, cancellationToken);

        public ValueTask SendAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
            inner.SendAsync(source, cancellationToken);

        public void EndSending() => inner.EndSending();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
