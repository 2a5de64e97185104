namespace SpotifyCore.Backend.Accounts;

/// <summary>An app password in the list of its account's.</summary>
/// <param name="Name">What the account calls it.</param>
/// <param name="Created">When it was made, Unix ms.</param>
/// <param name="Used">When somebody logged in with it last, Unix ms; 0 while nobody has.</param>
internal sealed record AppPassword(string Name, long Created, long Used);
