using SpotifyCore.Backend.Accounts;

namespace SpotifyCore.Backend.SignIn;

/// <summary>A link in the list of its account's.</summary>
/// <param name="Identity">With whom the account is linked.</param>
/// <param name="Created">When it was made, Unix ms.</param>
/// <param name="Used">When somebody logged in by it last, Unix ms; 0 while nobody has.</param>
internal sealed record ListedLink(ExternalIdentity Identity, long Created, long Used);
