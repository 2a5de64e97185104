using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SpotifyCore.Backend;
using SpotifyCore.Backend.Configuration;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Serving;
using SpotifyCore.Hosting.Options;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.AccessPoint;

/// <summary>Takes calls in clear on loopback and by TLS everywhere.</summary>
internal static class Listener
{
    private const string IdentityFile = "access-point.key";

    /// <summary>Adds the RPC server.</summary>
    /// <exception cref="OptionsException">An address would carry passwords in clear.</exception>
    public static void AddListener(this IServiceCollection services, StrictOptions settings)
    {
        var (options, backend) = (settings.Read<ListenerOptions>(), settings.Read<BackendOptions>());
        var addresses = options.Listen.Split(
            ';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var address in addresses)
            RefuseClearText(settings.NameOf(nameof(options.Listen)), address);

        var secure = addresses.Any(
            static address => address.StartsWith("https://", StringComparison.OrdinalIgnoreCase));

        // One that is named is looked at now, before anything is made; one of its own is made when it is needed.
        var certificate = secure && options.CertificateFile.Length > 0 ? ReadCertificate(settings, options) : null;
        services.AddGrpcServer();
        services.Configure<GrpcServerOptions>(server =>
        {
            server.Address = string.Join(';', addresses);
            server.Certificate = secure ? certificate ?? OwnCertificate(backend) : null;
        });
    }

    /// <summary>
    /// The addresses with their true ports, and the id that a client may pin where there is a certificate.
    /// </summary>
    public static string Describe(IServiceProvider services)
    {
        var addresses = string.Join(' ', services.GetRequiredService<GrpcServer>().Addresses);
        var certificate = services.GetRequiredService<IOptions<GrpcServerOptions>>().Value.Certificate;
        return certificate is null ? addresses : $"{addresses} id={PinnedKey.IdOf(certificate)}";
    }

    private static void RefuseClearText(string name, string address)
    {
        if (!EndpointAddress.TryParse(address, out _))
        {
            throw new OptionsException(
                $"{name} can't be '{address}': it must be http://HOST:PORT, https://HOST:PORT or unix:/PATH");
        }

        if (!address.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            return;

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !IsLoopback(uri))
            throw new OptionsException(
                $"{name}: '{address}' would carry passwords in clear; use https:// off loopback");
    }

    private static bool IsLoopback(Uri uri) =>
        string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static X509Certificate2 OwnCertificate(BackendOptions backend) =>
        NodeIdentity.LoadOrCreate(Path.Combine(backend.DataDirectory, IdentityFile)).Certificate;

    private static X509Certificate2 ReadCertificate(StrictOptions settings, ListenerOptions options)
    {
        try
        {
            var key = options.CertificateKeyFile.Length == 0 ? null : options.CertificateKeyFile;
            return X509Certificate2.CreateFromPemFile(options.CertificateFile, key);
        }
        catch (Exception unusable) when (unusable is CryptographicException or IOException)
        {
            throw new OptionsException($"{settings.NameOf(nameof(options.CertificateFile))}: {unusable.Message}");
        }
    }
}
