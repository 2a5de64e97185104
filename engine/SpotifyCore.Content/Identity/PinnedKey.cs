using System.Security.Cryptography.X509Certificates;

namespace SpotifyCore.Content.Identity;

/// <summary>
/// How a certificate is judged that is only a wrapping of its key: by the key's hash, never by its issuer, name or
/// dates. Safe for many threads.
/// </summary>
public static class PinnedKey
{
    /// <summary>The id that a certificate's key stands for.</summary>
    public static PeerId IdOf(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return PeerId.FromPublicKey(certificate.PublicKey.ExportSubjectPublicKeyInfo());
    }

    /// <summary>
    /// Whether <paramref name="certificate"/>, as TLS shows it to a callback, has the key of
    /// <paramref name="expected"/>. TLS itself has checked that who shows it holds the private key.
    /// </summary>
    public static bool IsOf(PeerId expected, X509Certificate? certificate) =>
        certificate is X509Certificate2 shown && IdOf(shown) == expected;

    /// <summary>
    /// What TLS does before it asks that callback: as little as it can. It always builds a chain; this one neither reads
    /// the system's roots nor asks the network for issuers and revocations, as a stranger's certificate could want.
    /// </summary>
    public static X509ChainPolicy CreateChainPolicy() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };
}
