using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Transports;

/// <summary>A plain TCP connection.</summary>
internal sealed class TcpConnection : IConnection
{
    private readonly Socket _socket;

    /// <summary>Takes over a connected socket.</summary>
    public TcpConnection(Socket socket)
    {
        _socket = socket;
        RemoteEndPoint = socket.RemoteEndPoint ?? throw new IOException("The connection is lost.");
    }

    public PeerId? RemoteId => null;

    public EndPoint RemoteEndPoint { get; }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReceiveAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _socket.ReceiveAsync(destination, SocketFlags.None, cancellationToken);
        }
        catch (Exception lost) when (lost is SocketException or ObjectDisposedException)
        {
            throw new IOException("The connection was lost.", lost);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask SendAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        try
        {
            while (source.Length > 0)
                source = source[await _socket.SendAsync(source, SocketFlags.None, cancellationToken)..];
        }
        catch (Exception lost) when (lost is SocketException or ObjectDisposedException)
        {
            throw new IOException("The connection was lost.", lost);
        }
    }

    public ValueTask DisposeAsync()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The far side was first.
        }

        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
