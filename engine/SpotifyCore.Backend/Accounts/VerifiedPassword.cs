namespace SpotifyCore.Backend.Accounts;

/// <summary>What a password is.</summary>
/// <param name="Account">
/// Whose it is, with the roles that it gives; null when it is nobody's of that name.
/// </param>
/// <param name="AppPassword">SHA-256 of the app password that it is; null for the account's own.</param>
internal readonly record struct VerifiedPassword(Account? Account, byte[]? AppPassword)
{
    /// <summary>What the account's own password was kept as when it was found right; null for an app password.</summary>
    public byte[]? Hash { get; init; }
}
