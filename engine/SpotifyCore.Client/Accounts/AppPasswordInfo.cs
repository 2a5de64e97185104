namespace SpotifyCore.Client.Accounts;

/// <summary>An app password of the account, which itself is told only once.</summary>
/// <param name="Name">What the account calls it.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Used">When a program logged in with it last; null while none has.</param>
public sealed record AppPasswordInfo(string Name, DateTimeOffset Created, DateTimeOffset? Used);
