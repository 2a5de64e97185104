using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using SpotifyCore.Content.Identity;
using SpotifyCore.Rpc.Calls;

namespace SpotifyCore.Rpc.Channels;

/// <summary>Makes the HTTP/2 handler of a channel: how it connects, whom it trusts.</summary>
internal static class RpcConnector
{
    private static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(20);

    public static SocketsHttpHandler CreateHandler(RpcAddress address, RpcChannelOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectTimeout,
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = options.KeepAlive ?? Timeout.InfiniteTimeSpan,
            KeepAlivePingTimeout = KeepAliveTimeout,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        };

        if (options.ServerId is { } pinned)
        {
            handler.SslOptions.RemoteCertificateValidationCallback =
                (_, certificate, _, _) => Proves(certificate, pinned);
        }

        if (address.Kind == RpcAddressKind.Unix)
            handler.ConnectCallback = (_, cancellationToken) => ConnectUnixAsync(address.Host, cancellationToken);

        return handler;
    }

    // TLS itself has checked that the server holds the private key.
    private static bool Proves(X509Certificate? certificate, PeerId pinned) =>
        certificate is X509Certificate2 presented &&
        PeerId.FromPublicKey(presented.PublicKey.ExportSubjectPublicKeyInfo()) == pinned;

    private static async ValueTask<Stream> ConnectUnixAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
