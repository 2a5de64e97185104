namespace SpotifyCore.Client.Accounts;

/// <summary>A link of the account with somebody of a provider's.</summary>
/// <param name="Provider">The provider's name, or its issuer where it has none any more.</param>
/// <param name="Subject">What it calls who is linked.</param>
/// <param name="Linked">When it was made.</param>
/// <param name="Used">When somebody logged in by it last; null while nobody has.</param>
public sealed record LinkInfo(string Provider, string Subject, DateTimeOffset Linked, DateTimeOffset? Used);
