using System.Net;
using System.Net.Security;
using System.Runtime.CompilerServices;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>A connection whose TLS handshake is done.</summary>
/// <param name="stream">What encrypts; the connection's from now on, with what is below it.</param>
/// <param name="below">What carries the encrypted bytes.</param>
/// <param name="remoteId">Whose key the handshake proved.</param>
internal sealed class TlsConnection(SslStream stream, IConnection below, PeerId remoteId) : IConnection
{
    private readonly ReceiveOperation _receive = new();

    public PeerId? RemoteId => remoteId;

    public EndPoint RemoteEndPoint => below.RemoteEndPoint;

    public ValueTask<int> ReceiveAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        try
        {
            return _receive.BeginAsync(stream.ReadAsync(destination, cancellationToken));
        }
        catch (Exception lost) when (lost is ObjectDisposedException or InvalidOperationException)
        {
            return ValueTask.FromException<int>(new IOException("The connection was lost.", lost));
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        try
        {
            await stream.WriteAsync(source, cancellationToken);
        }
        catch (Exception lost) when (lost is ObjectDisposedException or InvalidOperationException)
        {
            throw new IOException("The connection was lost.", lost);
        }
    }

    public void EndSending() => below.EndSending();

    public void CompleteInline() => below.CompleteInline();

    // No close_notify: frames are length-prefixed, so a cut can't pass for an end.
    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
