using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using SpotifyCore.Content.Identity;
using SpotifyCore.Protocol.Tests.Support;
using SpotifyCore.Protocol.Transports;
using SpotifyCore.Protocol.Transports.Sockets;
using SpotifyCore.Protocol.Trust;
using SpotifyCore.Testing;

namespace SpotifyCore.Protocol.Tests.Transports;

/// <summary>
/// A certificate may name a web server to get its issuer from, and revocations. Neither side asks: the key alone is
/// looked at, and a stranger makes nobody connect anywhere.
/// </summary>
public sealed class StrangeCertificateTests : IDisposable
{
    private readonly NodeIdentity _own = NodeIdentity.Create();
    private readonly StrangeCertificate _shown = new();
    private readonly X509Certificate2 _strange;

    public StrangeCertificateTests() => _strange = _shown.Certificate;

    public void Dispose()
    {
        _shown.Dispose();
        _own.Dispose();
    }

    [Fact]
    public async Task Accept_CertificateWithAnIssuerToDownload_CountsItsKeyAndAsksNobody()
    {
        await using var listener = await new TlsTransport(
            _own, PatientTransport.Options).ListenAsync(new IPEndPoint(IPAddress.Loopback, 0));
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
        Assert.False(_shown.IsAskedFor);
    }

    [Fact]
    public async Task Connect_CertificateWithAnIssuerToDownload_CountsItsKeyAndAsksNobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener);

        var address = new NodeAddress(
            PinnedKey.IdOf(_strange), "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        await using var connection = await new TlsTransport(_own, PatientTransport.Options).ConnectAsync(address);

        await using var served = await serving;
        Assert.Equal(PinnedKey.IdOf(_strange), connection.RemoteId);
        Assert.False(_shown.IsAskedFor);
    }

    [Fact]
    public async Task Connect_OtherKeyUnderTheSameNames_IsRefused()
    {
        using var expected = new StrangeCertificate();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener);

        var address = new NodeAddress(
            PinnedKey.IdOf(expected.Certificate), "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        await Assert.ThrowsAsync<IOException>(
            () => new TlsTransport(_own, PatientTransport.Options).ConnectAsync(address).AsTask());

        await Assert.ThrowsAnyAsync<Exception>(async () => await (await serving).ReadExactlyAsync(new byte[1]));
        Assert.False(_shown.IsAskedFor);
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
}
