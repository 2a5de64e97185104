using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;

namespace SpotifyCore.Backend.Tests.Accounts;

/// <summary>For tests that need accounts, and not what the hash of a password costs.</summary>
internal static class TestAccounts
{
    /// <summary>Hashes as an access point's does, in fewer rounds.</summary>
    public static PasswordHasher Hasher { get; } = new(rounds: 1_000);

    /// <summary>The account if name and password are right, else null.</summary>
    public static Account? Verify(this AccountStore accounts, string name, string password) =>
        accounts.VerifyPassword(name, password).Account;

    /// <summary>What others name an account by.</summary>
    public static string ReferenceOf(AccountStore accounts, string name) =>
        accounts.List().Single(entry => entry.Account.Name == name).Reference;

    /// <summary>The accounts of a database.</summary>
    public static AccountStore In(ServiceDatabase database, TimeProvider? time = null) =>
        new(database, Hasher, time ?? TimeProvider.System);
}
