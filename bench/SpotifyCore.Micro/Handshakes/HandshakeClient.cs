using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Micro.Handshakes;

/// <summary>
/// The process that connects: reads lines of kind, address and count, makes so many connections one after another, and
/// answers each line with the microseconds of CPU that it took.
/// </summary>
internal static class HandshakeClient
{
    public static async Task<int> RunAsync()
    {
        using var identity = NodeIdentity.Create();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            var kind = Enum.Parse<HandshakeKind>(words[0]);
            var address = NodeAddress.TryParse(words[1], out var parsed) ? parsed : throw new FormatException(line);
            var count = int.Parse(words[2], CultureInfo.InvariantCulture);
            var connect = Connector(kind, identity, address);
            var before = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < count; i++)
                await connect();

            var spent = Environment.CpuUsage.TotalTime - before;
            Console.WriteLine(spent.TotalMicroseconds.ToString("F0", CultureInfo.InvariantCulture));
        }

        return 0;
    }

    // Each reads one byte: what the far side says once it is done, so that handshakes come one after another.
    private static Func<Task> Connector(HandshakeKind kind, NodeIdentity identity, NodeAddress address)
    {
        var received = new byte[1];
        if (kind == HandshakeKind.Transport)
        {
            var transport = new TlsTransport(identity, new TransportOptions());
            return async () =>
            {
                await using var connection = await transport.ConnectAsync(address);
                await connection.ReceiveAsync(received);
            };
        }

        var bare = new BarePair(identity, systemRoots: kind == HandshakeKind.SystemRoots);
        return async () =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, address.Port);
            await using var stream = await bare.ConnectAsync(socket);
            await stream.ReadExactlyAsync(received);
        };
    }
}
