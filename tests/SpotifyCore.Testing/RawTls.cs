using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SpotifyCore.Testing;

/// <summary>A TLS connection made with the framework alone, by the specification's words on channels.</summary>
public static class RawTls
{
    private const int Attempts = 5;

    /// <summary>
    /// Connects and shows a certificate, or none. Tries again some times: whoever accepts waits a second for the first
    /// byte, which this process may need itself on a busy machine.
    /// </summary>
    public static async Task<SslStream> ConnectAsync(
        int port, X509Certificate2? certificate, SslProtocols versions = SslProtocols.Tls13)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ConnectOnceAsync(port, certificate, versions);
            }
            catch (IOException) when (attempt < Attempts)
            {
                continue;
            }
        }
    }

    /// <summary>Accepts a connection, with whatever certificate the other side shows.</summary>
    public static async Task<SslStream> AcceptAsync(TcpListener listener, X509Certificate2 certificate)
    {
        var stream = new SslStream(new NetworkStream(await listener.AcceptSocketAsync(), ownsSocket: true));
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificate = certificate,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
        });
        return stream;
    }

    /// <summary>A self-signed certificate that has expired and says that it is good for nothing of this.</summary>
    public static X509Certificate2 OddCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=somebody else, O=elsewhere", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.4")], critical: false));
        var day = new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var certificate = request.CreateSelfSigned(day, day.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }

    private static async Task<SslStream> ConnectOnceAsync(
        int port, X509Certificate2? certificate, SslProtocols versions)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "spotifycore",
                EnabledSslProtocols = versions,
                ClientCertificates = certificate is null ? null : [certificate],
                RemoteCertificateValidationCallback = static (_, _, _, _) => true,
            });
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }
}
