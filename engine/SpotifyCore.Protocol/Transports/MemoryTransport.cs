using System.Net;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Transports;

/// <summary>
/// One side of connections within a process. Sides that share a <see cref="MemoryNetwork"/> reach each other by the
/// port they listen at; a side made with an id proves it.
/// </summary>
public sealed class MemoryTransport(MemoryNetwork network, PeerId? id = null) : ITransport
{
    /// <inheritdoc/>
    public ValueTask<IConnection> ConnectAsync(NodeAddress address, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> ListenAsync(IPEndPoint endPoint, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
