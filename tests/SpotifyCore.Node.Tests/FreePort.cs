using System.Net;
using System.Net.Sockets;

namespace SpotifyCore.Node.Tests;

/// <summary>A port that nobody listens at now.</summary>
internal static class FreePort
{
    public static int Take()
    {
        using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
