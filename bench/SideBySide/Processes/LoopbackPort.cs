using System.Net;
using System.Net.Sockets;

namespace SpotifyCore.SideBySide.Processes;

/// <summary>Ports for servers that can't pick one themselves.</summary>
internal static class LoopbackPort
{
    // Below those that outgoing connections get.
    private const int First = 10_000;
    private const int End = 32_000;
    private const int MostTries = 3;

    /// <summary>A port that nobody listens at now.</summary>
    public static int Find()
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
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }

    /// <summary>
    /// Starts something on a port that nobody listens at; on two others if that fails, as somebody may have been
    /// quicker.
    /// </summary>
    public static async Task<T> StartAsync<T>(Func<int, Task<T>> startAsync)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await startAsync(Find());
            }
            catch (Exception failed) when (tries < MostTries && failed is not OperationCanceledException)
            {
                // Another port, then. What has a cause of its own fails there too, and says so.
            }
        }
    }

    /// <summary>True when this process listens there, on 127.0.0.1: no stranger who was quicker.</summary>
    public static bool IsListenedAt(int port, int process)
    {
        // Of each socket: number, own address, other address, state (0A listens), five more, and its inode.
        var own = $"0100007F:{port:X4}";
        var socket = File.ReadLines("/proc/net/tcp")
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(words => words[1] == own && words[3] == "0A");
        return socket is not null
            && new DirectoryInfo($"/proc/{process}/fd").EnumerateFileSystemInfos()
                .Any(file => file.LinkTarget == $"socket:[{socket[9]}]");
    }
}
