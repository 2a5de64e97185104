using System.Globalization;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Fetching;
using SpotifyCore.Protocol.Messages;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Micro.Handshakes;

/// <summary>
/// Connections to a node that ask for nothing, as those of listeners who don't play. They say no sign of life of their
/// own accord: that is the node's business.
/// </summary>
internal static class IdleListeners
{
    /// <summary>Prints the id that the node must trust.</summary>
    public static int PrintId(string keyFile)
    {
        using var identity = NodeIdentity.LoadOrCreate(keyFile);
        Console.WriteLine(identity.Id);
        return 0;
    }

    /// <summary>Opens so many, says so on standard output, and keeps them until it is ended.</summary>
    /// <param name="address">The node's, with its id.</param>
    /// <param name="count">How many.</param>
    /// <param name="keyFile">The key that the node trusts; null to speak without TLS.</param>
    public static async Task<int> RunAsync(string address, string count, string? keyFile)
    {
        using var identity = keyFile is null ? null : NodeIdentity.LoadOrCreate(keyFile);
        if (!NodeAddress.TryParse(address, out var node))
            throw new FormatException(address);

        ITransport transport = identity is null
            ? new TcpTransport(new TransportOptions())
            : new TlsTransport(identity, new TransportOptions());
        var options = new ChunkClientOptions { Role = PeerRole.Peer };
        var clients = new List<ChunkClient>();
        for (var i = int.Parse(count, CultureInfo.InvariantCulture); i > 0; i--)
            clients.Add(await ChunkClient.ConnectAsync(transport, node, default, options));

        Console.WriteLine($"listeners ready {clients.Count}");
        await Task.Delay(Timeout.InfiniteTimeSpan);
        GC.KeepAlive(clients);
        return 0;
    }
}
