using System.Net;
using System.Net.Sockets;

namespace SpotifyCore.Cluster.Tests.Processes;

/// <summary>
/// Ports for hosts whose address must be known before they run, and stays theirs while they are down: below the range
/// that the system hands out, so no outgoing connection takes one meanwhile.
/// </summary>
internal static class FreePort
{
    private const int First = 20_000;
    private const int Count = 12_000;
    private static int _next = Random.Shared.Next(Count);

    public static int Take()
    {
        for (var attempt = 0; attempt < Count; attempt++)
        {
            var port = First + (Interlocked.Increment(ref _next) % Count);
            using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Somebody's.
            }
        }

        throw new InvalidOperationException("There is no free port.");
    }
}
