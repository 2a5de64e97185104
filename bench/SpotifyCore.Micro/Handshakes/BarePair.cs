using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Micro.Handshakes;

/// <summary>
/// The reference: an <see cref="SslStream"/> over a socket, with the transport's kind of key and versions, that takes
/// whatever certificate is shown.
/// </summary>
internal sealed class BarePair(NodeIdentity identity, bool systemRoots)
{
    private readonly SslStreamCertificateContext _certificate =
        SslStreamCertificateContext.Create(identity.Certificate, additionalCertificates: null, offline: true);

    private readonly X509ChainPolicy? _policy = systemRoots ? null : new X509ChainPolicy
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    public async Task<SslStream> ConnectAsync(Socket socket)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "spotifycore",
            ClientCertificateContext = _certificate,
            EnabledSslProtocols = SslProtocols.Tls13,
            AllowTlsResume = false,
            CertificateChainPolicy = _policy,
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
        });
        return stream;
    }

    public async Task<SslStream> AcceptAsync(Socket socket)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = _certificate,
            ClientCertificateRequired = true,
            EnabledSslProtocols = SslProtocols.Tls13,
            AllowTlsResume = false,
            CertificateChainPolicy = _policy,
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
        });
        return stream;
    }
}
