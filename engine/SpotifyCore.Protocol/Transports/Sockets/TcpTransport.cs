using System.Net;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>Plain TCP: for a trusted rack. It proves no key, so tickets mean nothing over it.</summary>
/// <param name="options">Limits.</param>
/// <param name="time">The clock of timeouts; the system's when null.</param>
public sealed class TcpTransport(TransportOptions options, TimeProvider? time = null) : ITransport
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <inheritdoc/>
    public async ValueTask<IConnection> ConnectAsync(
        NodeAddress address, CancellationToken cancellationToken = default) =>
        new TcpConnection(await TcpSockets.ConnectAsync(address, options, _time, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> ListenAsync(
        IPEndPoint endPoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(new SocketListener(
            TcpSockets.Listen(endPoint, options.Backlog),
            new PlainChannelSetup(),
            options,
            _time));
}
