using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Transports;

/// <summary>A TCP connection whose TLS handshake is done.</summary>
internal sealed class TlsConnection(SslStream stream, EndPoint remoteEndPoint, PeerId remoteId) : IConnection
{
    public PeerId? RemoteId => remoteId;

    public EndPoint RemoteEndPoint => remoteEndPoint;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        try
        {
            return await stream.ReadAsync(destination, cancellationToken);
        }
        catch (Exception lost) when (lost is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            throw new IOException("The connection was lost.", lost);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        try
        {
            await stream.WriteAsync(source, cancellationToken);
        }
        catch (Exception lost) when (lost is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            throw new IOException("The connection was lost.", lost);
        }
    }

    // No close_notify: frames are length-prefixed, so a cut can't pass for an end.
    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
