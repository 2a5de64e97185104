using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>A plain TCP connection on the framework's own sockets.</summary>
internal sealed class TcpConnection : IConnection
{
    private readonly Socket _socket;
    private readonly ReceiveOperation _receive = new();

    /// <summary>Takes over a connected socket.</summary>
    public TcpConnection(Socket socket)
    {
        _socket = socket;
        RemoteEndPoint = TcpSockets.RemoteOf(socket);
    }

    public PeerId? RemoteId => null;

    public EndPoint RemoteEndPoint { get; }

    public ValueTask<int> ReceiveAsync(Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        try
        {
            return _receive.BeginAsync(_socket.ReceiveAsync(destination, SocketFlags.None, cancellationToken));
        }
        catch (ObjectDisposedException lost)
        {
            return ValueTask.FromException<int>(new IOException("The connection was lost.", lost));
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

    public void EndSending() => TcpSockets.Shutdown(_socket, SocketShutdown.Send);

    public ValueTask DisposeAsync()
    {
        TcpSockets.Shutdown(_socket, SocketShutdown.Both);
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
