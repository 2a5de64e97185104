using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>
/// TCP with TLS 1.3 or 1.2, both sides showing self-signed certificates that are judged by the hash of their key alone.
/// </summary>
/// <param name="identity">This side's key; the caller's, to be disposed after the transport's connections.</param>
/// <param name="options">Limits.</param>
/// <param name="time">The clock of timeouts; the system's when null.</param>
public sealed class TlsTransport(
    NodeIdentity identity, TransportOptions options, TimeProvider? time = null) : ITransport
{
    private const SslProtocols Versions = SslProtocols.Tls13 | SslProtocols.Tls12;
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly SslStreamCertificateContext _certificate =
        SslStreamCertificateContext.Create(identity.Certificate, additionalCertificates: null, offline: true);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The address names no id.</exception>
    public async ValueTask<IConnection> ConnectAsync(NodeAddress address, CancellationToken cancellationToken = default)
    {
        var expected = address.Id
            ?? throw new ArgumentException("A TLS connection needs to know who must be there.", nameof(address));
        var below = new TcpConnection(await TcpSockets.ConnectAsync(address, options, _time, cancellationToken));
        var stream = new SslStream(new ConnectionStream(below, default));
        try
        {
            await HandshakeAsync(
                token => stream.AuthenticateAsClientAsync(ClientOptions(expected), token),
                options.ConnectTimeout,
                cancellationToken);
            return new TlsConnection(stream, below, expected);
        }
        catch (Exception failed)
        {
            await stream.DisposeAsync();
            if (failed is AuthenticationException)
                throw new IOException($"Somebody else than {address} answers there.", failed);

            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> ListenAsync(
        IPEndPoint endPoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(new SocketListener(
            TcpSockets.Listen(endPoint, backlog: options.MaxWaitingHandshakes),
            new TlsChannelSetup(ServerOptions, options, _time),
            options,
            _time));

    private async Task HandshakeAsync(
        Func<CancellationToken, Task> handshake, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            await handshake(either.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("The TLS handshake took too long.", late);
        }
    }

    // Resumption is off: every connection proves its key by a signature of its own.
    private SslClientAuthenticationOptions ClientOptions(PeerId expected) => new()
    {
        TargetHost = "spotifycore",
        ClientCertificateContext = _certificate,
        EnabledSslProtocols = Versions,
        AllowTlsResume = false,
        AllowRenegotiation = false,
        CertificateChainPolicy = PinnedKey.CreateChainPolicy(),
        RemoteCertificateValidationCallback = (_, certificate, _, _) => PinnedKey.IsOf(expected, certificate),
    };

    private SslServerAuthenticationOptions ServerOptions() => new()
    {
        ServerCertificateContext = _certificate,
        ClientCertificateRequired = true,
        EnabledSslProtocols = Versions,
        AllowTlsResume = false,
        AllowRenegotiation = false,
        CertificateChainPolicy = PinnedKey.CreateChainPolicy(),
        RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is X509Certificate2,
    };
}
