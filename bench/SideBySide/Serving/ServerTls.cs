using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.SideBySide.Serving;

/// <summary>How a reference speaks TLS 1.3: with the engine's kind of key.</summary>
/// <param name="Key">The file of its key.</param>
/// <param name="Certificate">The file of its certificate.</param>
/// <param name="AskerKey">The file of the key of whoever asks.</param>
internal sealed record ServerTls(string Key, string Certificate, string AskerKey)
{
    /// <summary>Makes key and certificate in a directory.</summary>
    public static ServerTls In(string directory, string askerKey)
    {
        Directory.CreateDirectory(directory);
        var made = new ServerTls(
            Path.Combine(directory, "key.pem"), Path.Combine(directory, "certificate.pem"), askerKey);
        using var identity = NodeIdentity.LoadOrCreate(made.Key);
        File.WriteAllText(made.Certificate, identity.Certificate.ExportCertificatePem());
        return made;
    }
}
