using System.Net.Sockets;

namespace SpotifyCore.Protocol.Transports;

/// <summary>Makes connections of accepted sockets, many at once. Safe for many threads.</summary>
internal interface IChannelSetup : IDisposable
{
    /// <summary>
    /// Takes over a socket once it is a connection; else it stays the caller's: null, or an exception of the network.
    /// Disposal ends all that are under way.
    /// </summary>
    ValueTask<IConnection?> SetUpAsync(Socket socket);
}
