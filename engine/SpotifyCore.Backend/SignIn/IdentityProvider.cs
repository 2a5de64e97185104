using System.IdentityModel.Tokens.Jwt;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Configuration;

namespace SpotifyCore.Backend.SignIn;

/// <summary>
/// A provider of OpenID Connect, whose keys are asked for when they are first needed, twice a day, and when a token is
/// signed with another. Safe for many threads.
/// </summary>
internal sealed class IdentityProvider : IDisposable
{
    /// <summary>Most characters of a subject, which are of ASCII, as the specification has it.</summary>
    public const int MaxSubjectLength = 255;

    private static readonly JsonWebTokenHandler Tokens = new();

    // The challenge that the nonce follows from says itself when it ends.
    private static readonly OpenIdConnectProtocolValidator Protocol = new()
    {
        RequireNonce = true, RequireTimeStampInNonce = false, RequireState = false, RequireStateValidation = false,
    };

    private readonly ProviderDocuments _documents;

    /// <summary>One as it is set; it is not asked anything yet.</summary>
    public IdentityProvider(ProviderSetting setting, TimeProvider time)
    {
        Setting = setting;
        _documents = new ProviderDocuments(setting, time);
    }

    /// <summary>Its name, its issuer, and what it calls this service.</summary>
    public ProviderSetting Setting { get; }

    /// <summary>
    /// Looks at a token: whether this provider made it, for this service, now by the system's clock, and for one sign-in.
    /// </summary>
    /// <param name="token">The token, as the client had it.</param>
    /// <param name="nonce">What it is to have in it.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<IdTokenVerdict> VerifyAsync(string token, string nonce, CancellationToken cancellationToken)
    {
        var answer = await _documents.AskAsync(cancellationToken);
        if (answer.Told is not { } told)
            return IdTokenVerdict.Unanswered(answer.Failure);

        var result = await Tokens.ValidateTokenAsync(token, RulesBy(told));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // It may have changed its keys.
            answer = await _documents.AskAgainAsync(answer, cancellationToken);
            if (answer.Told is not { } later)
                return IdTokenVerdict.Unanswered(answer.Failure);
            if (later != told)
                result = await Tokens.ValidateTokenAsync(token, RulesBy(later));
        }

        return result.IsValid
            ? Read((JsonWebToken)result.SecurityToken, nonce)
            : IdTokenVerdict.Refused(IdTokenRefusals.ReasonOf(result.Exception));
    }

    /// <inheritdoc/>
    public void Dispose() => _documents.Dispose();

    private TokenValidationParameters RulesBy(OpenIdConnectConfiguration told) => new()
    {
        ValidIssuer = Setting.Issuer,
        ValidAudience = Setting.ClientId,
        ValidAlgorithms = SignatureAlgorithms.Allowed,
        IssuerSigningKeys = told.SigningKeys,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
    };

    private IdTokenVerdict Read(JsonWebToken token, string nonce)
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

        return token.Subject is { Length: > 0 and <= MaxSubjectLength } && token.Subject.All(static c => c is >= ' ' and <= '~')
            ? IdTokenVerdict.Right(new ExternalIdentity(Setting.Issuer, token.Subject)
            {
                PreferredName = token.TryGetPayloadValue<string>("preferred_username", out var name) ? name ?? "" : "",
            })
            : IdTokenVerdict.Refused("The id token does not say whom it is of.");
    }
}
