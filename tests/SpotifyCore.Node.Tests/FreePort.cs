using System.Net;
using System.Net.Sockets;

namespace SpotifyCore.Node.Tests;

/// <summary>
/// A port that nobody listens at, for nodes that must be listed before they start. It lies below those that systems
/// give to outgoing connections, or one of them might take it meanwhile.
/// </summary>
internal static class FreePort
{
    private const int First = 10_000;
    private const int End = 32_000;

    public static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, End);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another one, then.
            }
        }
    }
}
