using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SpotifyCore.Backend.Configuration;

namespace SpotifyCore.Backend.Tests.SignIn;

/// <summary>A provider's documents on loopback, as a test wants them, and how often they were asked for.</summary>
internal sealed class ScriptedProvider : IAsyncDisposable
{
    private const string ClientId = "client";

    private readonly WebApplication _server;
    private TaskCompletionSource _answers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _looks;

    private ScriptedProvider(WebApplication server) => _server = server;

    /// <summary>How often its configuration was asked for.</summary>
    public int Looks => Volatile.Read(ref _looks);

    /// <summary>The issuer that stands in its configuration; empty while it fails.</summary>
    public string ToldIssuer { get; set; } = "";

    /// <summary>The key that it publishes; null for none.</summary>
    public RsaSecurityKey? Key { get; set; } = NewKey();

    public ProviderSetting Setting { get; private set; } = null!;

    public static async Task<ScriptedProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new ScriptedProvider(builder.Build());
        provider._server.Run(provider.AnswerAsync);
        await provider._server.StartAsync();
        provider.ToldIssuer = provider._server.Urls.Single();
        provider.Setting = new ProviderSetting("scripted", ClientId, provider.ToldIssuer);
        provider.Continue();
        return provider;
    }

    public static RsaSecurityKey NewKey() => new(RSA.Create(2_048)) { KeyId = Guid.NewGuid().ToString() };

    /// <summary>Answers nobody from now on.</summary>
    public void Hold() => _answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers all who wait, and others.</summary>
    public void Continue() => _answers.TrySetResult();

    /// <summary>A token as this provider makes them, with a key.</summary>
    public string TokenWith(RsaSecurityKey key, string nonce) => new JsonWebTokenHandler().CreateToken(
        new SecurityTokenDescriptor
        {
            Issuer = Setting.Issuer,
            Audience = ClientId,
            IssuedAt = DateTime.UtcNow,
            Expires = DateTime.UtcNow.AddMinutes(5),
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
            Claims = new Dictionary<string, object> { ["sub"] = "somebody", ["nonce"] = nonce },
        });

    public async ValueTask DisposeAsync()
    {
        Continue();
        await _server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext call)
    {
        if (call.Request.Path.Value!.EndsWith("openid-configuration", StringComparison.Ordinal))
            Interlocked.Increment(ref _looks);

        await _answers.Task;
        if (ToldIssuer.Length == 0)
            call.Response.StatusCode = StatusCodes.Status500InternalServerError;
        else if (call.Request.Path.Value.EndsWith("keys", StringComparison.Ordinal))
            await call.Response.WriteAsync(Keys());
        else
            await call.Response.WriteAsync($$"""{"issuer":"{{ToldIssuer}}","jwks_uri":"{{Setting.Issuer}}/keys"}""");
    }

    private string Keys()
    {
        if (Key is not { } key)
            return """{"keys":[]}""";

        var rsa = key.Rsa.ExportParameters(includePrivateParameters: false);
        return JsonSerializer.Serialize(new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA", kid = key.KeyId, n = Base64UrlEncoder.Encode(rsa.Modulus),
                    e = Base64UrlEncoder.Encode(rsa.Exponent),
                },
            },
        });
    }
}
