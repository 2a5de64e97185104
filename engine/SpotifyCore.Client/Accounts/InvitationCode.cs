namespace SpotifyCore.Client.Accounts;

/// <summary>An invitation that was just given.</summary>
/// <param name="Code">For whoever is invited; nobody can tell it again.</param>
/// <param name="Expires">Until when it can be taken.</param>
public sealed record InvitationCode(string Code, DateTimeOffset Expires);
