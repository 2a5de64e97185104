using System.Net;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Transports;

/// <summary>Opens and accepts connections: TCP with TLS, plain TCP, in memory.</summary>
public interface ITransport
{
    /// <summary>
    /// Connects. On a channel that proves keys, the far side must prove the id in <paramref name="address"/>.
    /// </summary>
    /// <exception cref="IOException">Nobody answers there, or somebody else does.</exception>
    ValueTask<IConnection> ConnectAsync(NodeAddress address, CancellationToken cancellationToken = default);

    /// <summary>Begins to listen; port 0 picks a free one.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    ValueTask<IConnectionListener> ListenAsync(IPEndPoint endPoint, CancellationToken cancellationToken = default);
}
