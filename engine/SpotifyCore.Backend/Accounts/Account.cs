namespace SpotifyCore.Backend.Accounts;

/// <summary>Somebody who can log in.</summary>
public sealed record Account(long Id, string Name, AccountRoles Roles);
