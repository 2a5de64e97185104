using SpotifyCore.Backend.Data;

namespace SpotifyCore.Backend.Accounts;

/// <summary>What accounts say of those who have them. Safe for many threads.</summary>
internal sealed class ProfileStore(ServiceDatabase database)
{
    /// <summary>The profile of an account; null when that is gone.</summary>
    public AccountProfile? Find(Account account)
    {
        using var connection = database.Open();
        return connection.Query(
            "SELECT name, display_name, country, email, created, verified, reference FROM accounts WHERE id = @id",
            ("@id", account.Id))
            .Single(row => new AccountProfile(
                account with { Name = row.GetString(0) }, row.GetString(1), row.GetString(2), row.GetString(3),
                row.GetInt64(4))
            {
                IsVerified = row.GetInt32(5) != 0, Reference = row.GetString(6),
            });
    }

    /// <summary>Sets the display name; durable when this returns.</summary>
    /// <exception cref="AccountException">It is too long.</exception>
    public void SetDisplayName(Account account, string displayName)
    {
        var name = AccountRules.ReadDisplayName(displayName);
        database.Write(connection => connection.Execute(
            "UPDATE accounts SET display_name = @name WHERE id = @id", ("@name", name), ("@id", account.Id)));
    }
}
