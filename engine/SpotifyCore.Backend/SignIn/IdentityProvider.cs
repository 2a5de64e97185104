using System.IdentityModel.Tokens.Jwt;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Configuration;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.SignIn;

/// <summary>
/// A provider of OpenID Connect, and what is known of its keys: asked for when they are first needed, twice a day, and when
/// a token is signed with another. Safe for many threads.
/// </summary>
internal sealed class IdentityProvider : IDisposable
{
    /// <summary>Most characters of a subject, which are of ASCII, as the specification has it.</summary>
    public const int MaxSubjectLength = 255;

    /// <summary>How long a provider has for each of its documents.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>So long at least between two looks for new keys for the sake of a token: anybody may send one.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    private const long MaxUnixSeconds = 253_402_300_799;

    // A configuration has a few thousand bytes, and so have keys.
    private const int MaxDocumentBytes = 256 << 10;

    // What needs no secret to be checked: who could check others could make them.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly JsonWebTokenHandler Tokens = new();

    // The challenge that the nonce follows from says itself when it ends.
    private static readonly OpenIdConnectProtocolValidator Protocol = new()
    {
        RequireNonce = true, RequireTimeStampInNonce = false, RequireState = false, RequireStateValidation = false,
    };

    private readonly Lock _gate = new();
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private ConfigurationManager<OpenIdConnectConfiguration> _configuration;
    private Instant? _looked;

    /// <summary>One as it is set; it is not asked anything yet.</summary>
    public IdentityProvider(ProviderSetting setting, TimeProvider time)
    {
        Setting = setting;
        _time = time;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = Patience })
        {
            Timeout = Patience, MaxResponseContentBufferSize = MaxDocumentBytes,
        };
        _configuration = CreateConfiguration();
    }

    /// <summary>Its name, its issuer, and what it calls this service.</summary>
    public ProviderSetting Setting { get; }

    /// <summary>
    /// Looks at a token: whether this provider made it, for this service, now by the system's clock, and for one sign-in.
    /// </summary>
    /// <param name="token">The token, as the client had it.</param>
    /// <param name="nonce">What it is to have in it.</param>
    /// <param name="maxAge">How long ago who it is of may have signed in; null for any time.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<IdTokenVerdict> VerifyAsync(
        string token, string nonce, TimeSpan? maxAge, CancellationToken cancellationToken)
    {
        try
        {
            var known = Volatile.Read(ref _configuration);
            var result = await Tokens.ValidateTokenAsync(token, RulesBy(await AskAsync(known, cancellationToken)));
            if (result.Exception is SecurityTokenSignatureKeyNotFoundException && FindLater(known) is { } later)
            {
                // It may have changed its keys. A manager that is asked to refresh does so in the background, after the answer.
                result = await Tokens.ValidateTokenAsync(token, RulesBy(await AskAsync(later, cancellationToken)));
                Volatile.Write(ref _configuration, later);
            }

            return result.IsValid
                ? Read((JsonWebToken)result.SecurityToken, nonce, maxAge)
                : IdTokenVerdict.Refused(IdTokenRefusals.ReasonOf(result.Exception));
        }
        catch (Exception failure) when (failure is InvalidOperationException or IOException or HttpRequestException)
        {
            return IdTokenVerdict.Unanswered($"The provider '{Setting.Name}' does not answer; try again later.");
        }
        catch (InvalidDataException wrong)
        {
            return IdTokenVerdict.Unanswered(wrong.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    // By the system's clock, as all times of tokens. Who is known to a provider need not sign in again for another token: when
    // he did, it says where it is asked to (max_age).
    private static DateTimeOffset SignedInAt(JsonWebToken token) =>
        DateTimeOffset.FromUnixTimeSeconds(
            token.TryGetPayloadValue<long>("auth_time", out var signedIn)
                ? Math.Clamp(signedIn, 0, MaxUnixSeconds)
                : new DateTimeOffset(token.IssuedAt).ToUnixTimeSeconds());

    /// <summary>What has been heard since, or is to be; null when it is too early to ask again.</summary>
    private ConfigurationManager<OpenIdConnectConfiguration>? FindLater(
        ConfigurationManager<OpenIdConnectConfiguration> known)
    {
        lock (_gate)
        {
            if (Volatile.Read(ref _configuration) is var current && current != known)
                return current;

            var now = _time.GetInstant();
            if (now - _looked < LookInterval)
                return null;

            _looked = now;
            return CreateConfiguration();
        }
    }

    private ConfigurationManager<OpenIdConnectConfiguration> CreateConfiguration() => new(
        $"{Setting.Issuer.TrimEnd('/')}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever(_http) { RequireHttps = !Setting.IsPlain })
    {
        // So soon at the latest one that did not answer is asked again.
        RefreshInterval = LookInterval,
    };

    private async Task<OpenIdConnectConfiguration> AskAsync(
        ConfigurationManager<OpenIdConnectConfiguration> provider, CancellationToken cancellationToken)
    {
        var told = await provider.GetConfigurationAsync(cancellationToken);
        return told.Issuer == Setting.Issuer
            ? told
            : throw new InvalidDataException(
                $"The provider '{Setting.Name}' is set up wrongly: it has another issuer than the operator has written.");
    }

    private TokenValidationParameters RulesBy(OpenIdConnectConfiguration told) => new()
    {
        ValidIssuer = Setting.Issuer,
        ValidAudience = Setting.ClientId,
        ValidAlgorithms = Algorithms,
        IssuerSigningKeys = told.SigningKeys,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
    };

    private IdTokenVerdict Read(JsonWebToken token, string nonce, TimeSpan? maxAge)
    {
        try
        {
            Protocol.ValidateAuthenticationResponse(new OpenIdConnectProtocolValidationContext
            {
                ClientId = Setting.ClientId,
                Nonce = nonce,
                ProtocolMessage = new OpenIdConnectMessage { IdToken = token.EncodedToken },
                ValidatedIdToken = new JwtSecurityToken(token.EncodedToken),
            });
        }
        catch (OpenIdConnectProtocolException wrong)
        {
            return IdTokenVerdict.Refused(IdTokenRefusals.ReasonOf(wrong));
        }

        if (maxAge < TimeProvider.System.GetUtcNow() - SignedInAt(token))
            return IdTokenVerdict.Refused("That sign-in was too long ago: sign in anew.");

        return token.Subject is { Length: > 0 and <= MaxSubjectLength } && token.Subject.All(static c => c is >= ' ' and <= '~')
            ? IdTokenVerdict.Right(new ExternalIdentity(Setting.Issuer, token.Subject)
            {
                PreferredName = token.TryGetPayloadValue<string>("preferred_username", out var name) ? name ?? "" : "",
            })
            : IdTokenVerdict.Refused("The id token does not say whom it is of.");
    }
}
