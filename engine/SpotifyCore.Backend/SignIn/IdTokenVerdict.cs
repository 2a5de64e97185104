using SpotifyCore.Backend.Accounts;

namespace SpotifyCore.Backend.SignIn;

/// <summary>What an id token is worth.</summary>
/// <param name="Identity">Who it is of; null when it is refused, or could not be looked at.</param>
/// <param name="Reason">Why there is nobody, as a sentence for a person.</param>
internal sealed record IdTokenVerdict(ExternalIdentity? Identity, string Reason)
{
    /// <summary>Whether the provider did not say what it takes to look at the token: it may be tried again.</summary>
    public bool IsUnanswered { get; private init; }

    /// <summary>It is right.</summary>
    public static IdTokenVerdict Right(ExternalIdentity identity) => new(identity, "");

    /// <summary>It is not.</summary>
    public static IdTokenVerdict Refused(string reason) => new(null, reason);

    /// <summary>Nobody can say.</summary>
    public static IdTokenVerdict Unanswered(string reason) => new(null, reason) { IsUnanswered = true };
}
