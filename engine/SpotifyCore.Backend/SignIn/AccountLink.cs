using SpotifyCore.Backend.Accounts;

namespace SpotifyCore.Backend.SignIn;

/// <summary>A link by which somebody whom a provider knows logs in.</summary>
/// <param name="Id">The link.</param>
/// <param name="Account">To which account.</param>
internal sealed record AccountLink(long Id, Account Account);
