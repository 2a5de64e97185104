using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Contracts.Endpoints;

/// <summary>Makes the HTTP/2 handler of a channel: how it connects, whom it trusts.</summary>
internal static class EndpointConnector
{
    public static SocketsHttpHandler CreateHandler(EndpointAddress address, EndpointChannelOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = options.KeepAlive ?? Timeout.InfiniteTimeSpan,
            KeepAlivePingTimeout = options.KeepAliveTimeout,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        };

        if (options.ServerId is { } pinned)
        {
            handler.SslOptions.CertificateChainPolicy = PinnedKey.CreateChainPolicy();
            handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => PinnedKey.IsOf(pinned, shown)
                ? true
                : throw new AuthenticationException($"The server proves another key than {pinned}.");
        }

        // The channel would otherwise connect by itself, with pauses after a failure and a timer for each connection.
        handler.ConnectCallback = (context, cancellationToken) => ConnectAsync(
            address.Kind == EndpointKind.Unix ? new UnixDomainSocketEndPoint(address.Host) : context.DnsEndPoint,
            options.LocalAddress,
            cancellationToken);
        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(
        EndPoint server, IPAddress? local, CancellationToken cancellationToken)
    {
        var socket = server is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (local is not null && server is not UnixDomainSocketEndPoint)
                socket.Bind(new IPEndPoint(local, 0));

            await socket.ConnectAsync(server, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
