using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SpotifyCore.Content.Files;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Protocol.Trust;

/// <summary>
/// The P-256 key of a client or node, in a self-signed certificate that TLS presents. The certificate's only meaning is
/// its key: nobody looks at its name or dates. Safe for many threads.
/// </summary>
public sealed class NodeIdentity : IDisposable
{
    private NodeIdentity(X509Certificate2 certificate)
    {
        Certificate = certificate;
        Id = PinnedKey.IdOf(certificate);
    }

    /// <summary>The certificate with its private key; the identity's, not to be disposed.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Hash of the public key.</summary>
    public PeerId Id { get; }

    /// <summary>The public key in DER (SubjectPublicKeyInfo).</summary>
    public byte[] ExportPublicKey() => Certificate.PublicKey.ExportSubjectPublicKeyInfo();

    /// <summary>A new identity that is written nowhere.</summary>
    public static NodeIdentity Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return FromKey(key);
    }

    /// <summary>
    /// The identity kept in a file (PKCS#8, PEM), made at first. The file is readable by its owner alone. When several
    /// processes make it at once, one wins and all get that one.
    /// </summary>
    public static NodeIdentity LoadOrCreate(string path)
    {
        if (!File.Exists(path))
            WriteNewKey(path);

        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(path));
        return FromKey(key);
    }

    /// <inheritdoc/>
    public void Dispose() => Certificate.Dispose();

    /// <summary>Signs with the private key: ES256, r and s in 32 bytes each.</summary>
    internal byte[] Sign(ReadOnlySpan<byte> data)
    {
        using var key = Certificate.GetECDsaPrivateKey()!;
        return key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static NodeIdentity FromKey(ECDsa key)
    {
        var request = new CertificateRequest("CN=SpotifyCore", key, HashAlgorithmName.SHA256);
        var begin = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var certificate = request.CreateSelfSigned(begin, begin.AddYears(100));

        // Windows TLS can't use a key that lives only in memory: through PKCS#12 it becomes one that it can.
        var exported = certificate.Export(X509ContentType.Pkcs12);
        return new NodeIdentity(X509CertificateLoader.LoadPkcs12(exported, password: null));
    }

    private static void WriteNewKey(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DurableFile.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var pem = Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem());
        DurableFile.TryCreate(path, pem, forOwnerAlone: true);
    }
}
