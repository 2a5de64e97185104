using System.Net;
using System.Net.Sockets;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Transports.Sockets;

namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>How the TCP transports open sockets.</summary>
internal static class TcpSockets
{
    /// <summary>Connects; errors of the network and the timeout are <see cref="IOException"/>.</summary>
    public static async ValueTask<Socket> ConnectAsync(
        NodeAddress address, TransportOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (options.SendBufferBytes > 0)
            socket.SendBufferSize = options.SendBufferBytes;

        try
        {
            await socket.ConnectAsync(address.Host, address.Port, either.Token);
            return socket;
        }
        catch (SocketException refused)
        {
            socket.Dispose();
            throw new IOException($"Nobody answers at {address}.", refused);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new IOException($"Nobody answered at {address} in time.", late);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A connection over an accepted socket: on an epoll loop, where the system has that.</summary>
    /// <exception cref="IOException">The connection is lost.</exception>
    public static IConnection Accept(Socket socket) =>
        EpollLoop.Take() is { } loop ? new EpollConnection(socket, loop) : new TcpConnection(socket);

    /// <summary>Who is at the other end.</summary>
    /// <exception cref="IOException">The connection is lost.</exception>
    public static EndPoint RemoteOf(Socket socket) =>
        socket.RemoteEndPoint ?? throw new IOException("The connection is lost.");

    /// <summary>Ends one direction or both; a socket that is gone is left as it is.</summary>
    public static void Shutdown(Socket socket, SocketShutdown how)
    {
        try
        {
            socket.Shutdown(how);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The far side was first.
        }
    }

    /// <summary>Begins to listen; a taken port is an <see cref="IOException"/>.</summary>
    public static Socket Listen(IPEndPoint endPoint, int backlog)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;

            socket.Bind(endPoint);
            socket.Listen(backlog);
            return socket;
        }
        catch (SocketException taken)
        {
            socket.Dispose();
            throw new IOException($"Can't listen at {endPoint}: {taken.Message}.", taken);
        }
    }
}
