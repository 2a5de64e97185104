using System.ComponentModel;

namespace SpotifyCore.AccessPoint;

/// <summary>Where the access point takes calls.</summary>
internal sealed class ListenerOptions
{
    /// <summary>
    /// <c>https://host:port</c>, or <c>http://host:port</c> on loopback alone, or <c>unix:/path</c>; several with
    /// ";" between them. Port 0 takes a free one.
    /// </summary>
    [Description(
        "http://HOST:PORT on this machine, https://HOST:PORT anywhere, or unix:/PATH; several with a semicolon.")]
    public string Listen { get; set; } = "http://127.0.0.1:7400";

    /// <summary>
    /// Certificate for <c>https</c>, PEM with its chain; without one, a self-signed key is made and kept.
    /// </summary>
    [Description("Certificate of https, PEM with its chain; without one, a key of its own is made and kept.")]
    public string CertificateFile { get; set; } = "";

    /// <summary>The certificate's private key, PEM; needed when the certificate's file does not hold it.</summary>
    [Description("The certificate's private key, PEM, when the certificate's file does not hold it.")]
    public string CertificateKeyFile { get; set; } = "";
}
