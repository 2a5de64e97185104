using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace SpotifyCore.Backend.SignIn;

/// <summary>Why an id token is refused, for a person; with nothing of what stands in it.</summary>
internal static class IdTokenRefusals
{
    /// <summary>The reason that a failed check gives.</summary>
    public static string ReasonOf(Exception? failure) => failure switch
    {
        SecurityTokenInvalidAudienceException => "The id token is for another service than this.",
        SecurityTokenInvalidIssuerException => "The id token is of another provider.",
        SecurityTokenExpiredException => "The id token has expired: sign in anew.",
        SecurityTokenNotYetValidException or SecurityTokenNoExpirationException or SecurityTokenInvalidLifetimeException =>
            "The id token does not hold now: sign in anew.",
        OpenIdConnectProtocolInvalidNonceException => "The id token is of another sign-in than this.",
        OpenIdConnectProtocolException => "The id token lacks what OpenID Connect wants.",
        SecurityTokenMalformedException or ArgumentException => "That is no id token.",
        _ => "The id token is not signed by the provider.",
    };
}
