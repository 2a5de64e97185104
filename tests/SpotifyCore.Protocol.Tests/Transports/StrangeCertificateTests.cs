using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Protocol.Tests.Transports;

/// <summary>
/// A certificate may name a web server to get its issuer from, and revocations. Neither side asks: the key alone is
/// looked at, and a stranger makes nobody connect anywhere.
/// </summary>
public sealed class StrangeCertificateTests : IAsyncLifetime
{
    private readonly NodeIdentity _own = NodeIdentity.Create();
    private readonly TcpListener _web = new(IPAddress.Loopback, 0);
    private X509Certificate2 _strange = null!;

    public Task InitializeAsync()
    {
        _web.Start();
        _strange = MakeCertificate(((IPEndPoint)_web.LocalEndpoint).Port);
        return Task.CompletedTask;
    }

    public Task DisposeAsync()
    {
        _web.Dispose();
        _strange.Dispose();
        _own.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Accept_CertificateWithAnIssuerToDownload_CountsItsKeyAndAsksNobody()
    {
        await using var listener = await new TlsTransport(
            _own, new TransportOptions()).ListenAsync(new IPEndPoint(IPAddress.Loopback, 0));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.EndPoint);
        await using var stream = new SslStream(new NetworkStream(socket));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "spotifycore",
            ClientCertificateContext = ShownAs(_strange),
            CertificateChainPolicy = PinnedKey.CreateChainPolicy(),
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
        });

        await using var accepted = await listener.AcceptAsync();

        Assert.Equal(PinnedKey.IdOf(_strange), accepted!.RemoteId);
        Assert.False(_web.Pending());
    }

    [Fact]
    public async Task Connect_CertificateWithAnIssuerToDownload_CountsItsKeyAndAsksNobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener);

        var address = new NodeAddress(
            PinnedKey.IdOf(_strange), "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        await using var connection = await new TlsTransport(_own, new TransportOptions()).ConnectAsync(address);

        await using var served = await serving;
        Assert.Equal(PinnedKey.IdOf(_strange), connection.RemoteId);
        Assert.False(_web.Pending());
    }

    [Fact]
    public async Task Connect_OtherKeyUnderTheSameNames_IsRefused()
    {
        using var expected = MakeCertificate(((IPEndPoint)_web.LocalEndpoint).Port);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener);

        var address = new NodeAddress(
            PinnedKey.IdOf(expected), "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        await Assert.ThrowsAsync<IOException>(
            () => new TlsTransport(_own, new TransportOptions()).ConnectAsync(address).AsTask());

        await Assert.ThrowsAnyAsync<Exception>(async () => await (await serving).ReadExactlyAsync(new byte[1]));
        Assert.False(_web.Pending());
    }

    private async Task<SslStream> ServeAsync(TcpListener listener)
    {
        var socket = await listener.AcceptSocketAsync();
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = ShownAs(_strange),
            ClientCertificateRequired = true,
            EnabledSslProtocols = SslProtocols.Tls13,
            CertificateChainPolicy = PinnedKey.CreateChainPolicy(),
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
        });
        return stream;
    }

    private static SslStreamCertificateContext ShownAs(X509Certificate2 certificate) =>
        SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);

    // Of an issuer that nobody has; where to get it, and what was revoked, is at the web server.
    private static X509Certificate2 MakeCertificate(int webPort)
    {
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issuerName = new X500DistinguishedName("CN=An issuer");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=A stranger", key, HashAlgorithmName.SHA256);
        var web = $"http://127.0.0.1:{webPort}";
        request.CertificateExtensions.Add(
            new X509AuthorityInformationAccessExtension([$"{web}/ocsp"], [$"{web}/issuer.cer"]));
        request.CertificateExtensions.Add(
            CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([$"{web}/revoked.crl"]));
        var now = DateTimeOffset.UtcNow;
        using var issued = request.Create(
            issuerName,
            X509SignatureGenerator.CreateForECDsa(issuerKey),
            now.AddDays(-1),
            now.AddDays(1),
            [1, 2, 3, 4]);
        using var withKey = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), password: null);
    }
}
