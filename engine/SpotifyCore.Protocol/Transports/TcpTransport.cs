using System.Net;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Transports;

/// <summary>Plain TCP: for a trusted rack. It proves no key, so tickets mean nothing over it.</summary>
public sealed class TcpTransport(TransportOptions options) : ITransport
{
    /// <inheritdoc/>
    public ValueTask<IConnection> ConnectAsync(NodeAddress address, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> ListenAsync(IPEndPoint endPoint, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
