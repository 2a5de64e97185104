using System.Net;

namespace SpotifyCore.Backend.Configuration;

/// <summary>A provider of OpenID Connect as an operator writes it, <c>name=client@https://issuer</c>.</summary>
/// <param name="Name">What listeners call it: 1 to 32 of a-z, 0-9, '.', '-' and '_'.</param>
/// <param name="ClientId">What the provider calls this service.</param>
/// <param name="Issuer">The provider's issuer, to the letter.</param>
internal sealed record ProviderSetting(string Name, string ClientId, string Issuer)
{
    private const int MaxNameLength = 32;
    private const int MaxLength = 256;

    /// <summary>Whether what it says travels over this machine alone, without TLS.</summary>
    public bool IsPlain => Issuer.StartsWith("http:", StringComparison.Ordinal);

    /// <summary>Reads <c>name=client@issuer</c>; false when it is not one, or its issuer's address may not be.</summary>
    public static bool TryParse(string text, out ProviderSetting provider)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var at = text.LastIndexOf('@');
        provider = equals > 0 && at > equals + 1
            ? new ProviderSetting(text[..equals].Trim(), text[(equals + 1)..at].Trim(), text[(at + 1)..].Trim())
            : new ProviderSetting("", "", "");
        return provider.Name.Length is > 0 and <= MaxNameLength && provider.Name.All(IsOfNames)
            && provider.ClientId.Length is > 0 and <= MaxLength && IsIssuer(provider.Issuer);
    }

    private static bool IsOfNames(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_';

    // As the specification has it, and plain on this machine alone.
    private static bool IsIssuer(string text) =>
        text.Length <= MaxLength && Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address is { Query: "", Fragment: "", UserInfo: "" }
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IsHere(address)));

    private static bool IsHere(Uri address) => address.IdnHost == "localhost"
        || (IPAddress.TryParse(address.IdnHost, out var ip) && IPAddress.IsLoopback(ip));
}
