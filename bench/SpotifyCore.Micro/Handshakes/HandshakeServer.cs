using System.Net;
using System.Net.Sockets;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Micro.Handshakes;

/// <summary>The side that accepts: one of each kind, which sends a byte over every connection and closes it.</summary>
internal static class HandshakeServer
{
    private static readonly byte[] Greeting = [1];

    /// <summary>Serves until cancelled.</summary>
    /// <returns>The port it listens on.</returns>
    public static async Task<int> StartAsync(HandshakeKind kind, NodeIdentity identity, CancellationToken stopping)
    {
        if (kind == HandshakeKind.Transport)
        {
            var transport = new TlsTransport(identity, new TransportOptions());
            var listener = await transport.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0), stopping);
            _ = ServeAsync(listener, stopping);
            return listener.EndPoint.Port;
        }

        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen(16);
        _ = ServeAsync(socket, new BarePair(identity, systemRoots: kind == HandshakeKind.SystemRoots), stopping);
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static async Task ServeAsync(IConnectionListener listener, CancellationToken stopping)
    {
        await using (listener)
        {
            while (!stopping.IsCancellationRequested && await listener.AcceptAsync(CancellationToken.None) is { } next)
            {
                await next.SendAsync(Greeting, CancellationToken.None);
                await next.DisposeAsync();
            }
        }
    }

    private static async Task ServeAsync(Socket listener, BarePair bare, CancellationToken stopping)
    {
        using (listener)
        {
            while (!stopping.IsCancellationRequested)
            {
                var socket = await listener.AcceptAsync(CancellationToken.None);
                socket.NoDelay = true;
                await using var stream = await bare.AcceptAsync(socket);
                await stream.WriteAsync(Greeting, CancellationToken.None);
            }
        }
    }
}
