using System.Net;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Protocol.Transports;

/// <summary>
/// TCP with TLS 1.3 or 1.2, both sides showing self-signed certificates that are judged by the hash of their key alone.
/// </summary>
/// <param name="identity">This side's key; the caller's, to be disposed after the transport's connections.</param>
/// <param name="options">Limits.</param>
/// <param name="time">The clock of timeouts.</param>
public sealed class TlsTransport(NodeIdentity identity, TransportOptions options, TimeProvider time) : ITransport
{
    /// <inheritdoc/>
    public ValueTask<IConnection> ConnectAsync(NodeAddress address, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> ListenAsync(IPEndPoint endPoint, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
