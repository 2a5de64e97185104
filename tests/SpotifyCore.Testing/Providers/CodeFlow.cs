using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;

namespace SpotifyCore.Testing.Providers;

/// <summary>The code flow with PKCE, gone through by a program alone: for id tokens that no client of ours has asked for.</summary>
public static class CodeFlow
{
    private const string RedirectUri = "http://127.0.0.1:1/";

    /// <summary>An id token with a nonce, of whom the provider takes everybody for.</summary>
    public static async Task<string> RunAsync(OpenIddictProvider provider, string nonce)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        using var authorized = await http.GetAsync(new Uri(
            $"{provider.Issuer}connect/authorize?client_id={OpenIddictProvider.ClientId}&response_type=code"
            + $"&scope=openid%20profile&redirect_uri={Uri.EscapeDataString(RedirectUri)}&nonce={nonce}"
            + $"&code_challenge={challenge}&code_challenge_method=S256&state=x"));
        var code = HttpUtility.ParseQueryString(authorized.Headers.Location!.Query)["code"];
        using var form = new FormUrlEncodedContent(new Dictionary<string, string?>
        {
            ["grant_type"] = "authorization_code", ["client_id"] = OpenIddictProvider.ClientId,
            ["redirect_uri"] = RedirectUri, ["code"] = code, ["code_verifier"] = verifier,
        });
        using var exchanged = await http.PostAsync(new Uri($"{provider.Issuer}connect/token"), form);
        using var told = JsonDocument.Parse(await exchanged.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return told.RootElement.GetProperty("id_token").GetString()!;
    }
}
