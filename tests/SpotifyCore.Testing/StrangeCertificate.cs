using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SpotifyCore.Testing;

/// <summary>
/// A certificate of an issuer that nobody has, which names a web server to get it from, and what was revoked; and that
/// web server, which knows whether anybody came.
/// </summary>
public sealed class StrangeCertificate : IDisposable
{
    private readonly TcpListener _web = new(IPAddress.Loopback, 0);

    public StrangeCertificate()
    {
        _web.Start();
        Certificate = Make($"http://{_web.LocalEndpoint}");
    }

    /// <summary>With its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>True once somebody has asked the web server.</summary>
    public bool IsAskedFor => _web.Pending();

    public void Dispose()
    {
        _web.Dispose();
        Certificate.Dispose();
    }

    private static X509Certificate2 Make(string web)
    {
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=A stranger", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509AuthorityInformationAccessExtension([$"{web}/ocsp"], [$"{web}/issuer.cer"]));
        request.CertificateExtensions.Add(
            CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([$"{web}/revoked.crl"]));
        var now = DateTimeOffset.UtcNow;
        using var issued = request.Create(
            new X500DistinguishedName("CN=An issuer"),
            X509SignatureGenerator.CreateForECDsa(issuerKey),
            now.AddDays(-1),
            now.AddDays(1),
            [1, 2, 3, 4]);
        using var withKey = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), password: null);
    }
}
