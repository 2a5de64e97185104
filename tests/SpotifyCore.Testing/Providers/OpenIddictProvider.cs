using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SpotifyCore.Testing.Providers;

/// <summary>
/// A provider of OpenID Connect on loopback: OpenIddict's server without a store, for one public client. Whoever comes is
/// who it has been told, without being asked anything.
/// </summary>
public sealed class OpenIddictProvider : IAsyncDisposable
{
    /// <summary>The client that it knows.</summary>
    public const string ClientId = "spotifycore";

    private readonly int _port;
    private readonly List<RSA> _keys = [];
    private WebApplication? _server;

    private OpenIddictProvider(int port) => _port = port;

    /// <summary>Its issuer.</summary>
    public string Issuer => $"http://127.0.0.1:{_port}/";

    /// <summary>Whom it takes everybody for.</summary>
    public string Subject { get; set; } = "subject-1";

    /// <summary>What they like to be called.</summary>
    public string PreferredName { get; set; } = "";

    /// <summary>The key that it signs with.</summary>
    public RsaSecurityKey Key { get; private set; } = null!;

    public static async Task<OpenIddictProvider> StartAsync()
    {
        var provider = new OpenIddictProvider(FreePort.Take());
        await provider.ContinueAsync();
        return provider;
    }

    /// <summary>Stops, and begins again at the same address with another key.</summary>
    public async Task RotateAsync()
    {
        await StopAsync();
        await ContinueAsync();
    }

    public async Task StopAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();

        _server = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var key in _keys)
            key.Dispose();
    }

    private async Task ContinueAsync()
    {
        _keys.Add(RSA.Create(2_048));
        Key = new RsaSecurityKey(_keys[^1]) { KeyId = $"key-{_keys.Count}" };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{_port}");
        builder.Services.AddOpenIddict().AddServer(Configure);
        _server = builder.Build();
        _server.UseAuthentication();
        await _server.StartAsync();

        // The first answers take their time, which is none of those that are asked for in tests.
        using var http = new HttpClient();
        await http.GetStringAsync(new Uri($"{Issuer}.well-known/openid-configuration"));
        await http.GetStringAsync(new Uri($"{Issuer}.well-known/jwks"));
    }

    private void Configure(OpenIddictServerBuilder server)
    {
        server.EnableDegradedMode();
        server.SetIssuer(new Uri(Issuer));
        server.SetAuthorizationEndpointUris("connect/authorize").SetTokenEndpointUris("connect/token");
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
        server.RegisterScopes(Scopes.Profile);
        server.AddEphemeralEncryptionKey().AddSigningKey(Key);
        server.UseAspNetCore().DisableTransportSecurityRequirement();
        server.AddEventHandler<ValidateAuthorizationRequestContext>(static handler => handler.UseInlineHandler(static context =>
        {
            if (context.ClientId != ClientId)
                context.Reject(Errors.InvalidClient);
            else if (!Uri.TryCreate(context.RedirectUri, UriKind.Absolute, out var address) || !address.IsLoopback)
                context.Reject(Errors.InvalidRequest);

            return default;
        }));
        server.AddEventHandler<ValidateTokenRequestContext>(static handler => handler.UseInlineHandler(static context =>
        {
            if (context.ClientId != ClientId)
                context.Reject(Errors.InvalidClient);

            return default;
        }));
        server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            context.SignIn(Somebody());
            return default;
        }));
    }

    private ClaimsPrincipal Somebody()
    {
        var identity = new ClaimsIdentity("test");
        identity.AddClaim(new Claim(Claims.Subject, Subject));
        identity.AddClaim(new Claim(Claims.PreferredUsername, PreferredName));
        identity.SetDestinations(static _ => [Destinations.IdentityToken]);
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(Scopes.OpenId, Scopes.Profile);
        return principal;
    }
}
