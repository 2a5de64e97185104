using System.Net;
using System.Net.Sockets;

namespace SpotifyCore.Testing;

/// <summary>
/// Ports for what must be listed before it listens, or stays listed while it is down; whatever else listens takes port 0
/// and says which it got. They lie below the range that systems give to outgoing connections, and a lock on a file of
/// the port's name makes each this process's until its end: no other one of this user's is given it meanwhile, whether
/// it runs tests or <c>tools/network.sh</c>, which takes the same locks.
/// </summary>
public static class FreePort
{
    private const int First = 10_000;
    private const int Count = 22_000;

    private static readonly List<FileStream> Held = [];
    private static readonly string Locks = Directory.CreateDirectory(
        Path.Combine(Path.GetTempPath(), $"spotifycore-ports-{Environment.UserName}")).FullName;

    private static int _next = Random.Shared.Next(Count);

    /// <summary>A port of loopback that nobody listens at, and nobody else is given.</summary>
    public static int Take()
    {
        lock (Held)
        {
            for (var attempt = 0; attempt < Count; attempt++)
            {
                _next = (_next + 1) % Count;
                if (TryHold(First + _next))
                    return First + _next;
            }
        }

        throw new InvalidOperationException("There is no free port.");
    }

    private static bool TryHold(int port)
    {
        FileStream held;
        try
        {
            // FileShare.None is flock(2) here, which the system takes back with the process.
            held = new FileStream(
                Path.Combine(Locks, $"{port}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return false;
        }

        if (!IsFree(port))
        {
            held.Dispose();
            return false;
        }

        Held.Add(held);
        return true;
    }

    private static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
