using SpotifyCore.Backend.Data;
using SpotifyCore.Content.Text;

namespace SpotifyCore.Backend.Accounts;

/// <summary>
/// Passwords for programs that an account does not trust with its own: made of chance, told once, good for streaming
/// alone, and ended one by one with what was logged in by them. Safe for many threads.
/// </summary>
internal sealed class AppPasswordStore(ServiceDatabase database, TimeProvider time)
{
    /// <summary>Most of one account.</summary>
    public const int MaxPerAccount = 32;

    private const int MaxNameLength = 64;

    /// <summary>The roles that one gives, as far as its account has them.</summary>
    public const AccountRoles Roles = AccountRoles.Listener;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Makes one; durable when this returns.</summary>
    /// <returns>The password, which is kept nowhere; null when the account has one of that name.</returns>
    /// <exception cref="AccountException">The name can't be, or the account has too many.</exception>
    public string? Add(Account account, string name)
    {
        name = Read(name);
        var code = RandomCode.New();
        RandomCode.TryHash(code, out var hash);
        return database.Write(connection =>
        {
            var count = connection.Query(
                "SELECT CAST(count(*) AS INTEGER) FROM app_passwords WHERE account = @account", ("@account", account.Id))
                .Single(static row => row.GetInt32(0));
            if (count >= MaxPerAccount)
                throw new AccountException($"The account has {MaxPerAccount} app passwords; remove one first.");

            return connection.Execute(
                """
                INSERT INTO app_passwords (account, name, code_hash, created) VALUES (@account, @name, @hash, @now)
                ON CONFLICT (account, name) DO NOTHING
                """,
                ("@account", account.Id), ("@name", name), ("@hash", hash), ("@now", Now));
        }) > 0 ? code : null;
    }

    /// <summary>Those of an account, by name.</summary>
    public IReadOnlyList<AppPassword> List(Account account)
    {
        using var connection = database.Open();
        return connection.Query(
            "SELECT name, created, coalesce(used, 0) FROM app_passwords WHERE account = @account ORDER BY name",
            ("@account", account.Id))
            .All(static row => new AppPassword(row.GetString(0), row.GetInt64(1), row.GetInt64(2)));
    }

    /// <summary>Removes one and ends its sessions; durable when this returns.</summary>
    /// <returns>SHA-256 of the tokens of the sessions that have ended; null when there is none of that name.</returns>
    public IReadOnlyList<byte[]>? Remove(Account account, string name) => database.Write(connection =>
    {
        name = PlainText.Of(name).Trim();
        var ended = connection.Query(
            """
            DELETE FROM sessions WHERE app_password =
              (SELECT id FROM app_passwords WHERE account = @account AND name = @name)
            RETURNING token_hash
            """,
            ("@account", account.Id), ("@name", name)).All(static row => row.GetBlob(0));
        var removed = connection.Execute(
            "DELETE FROM app_passwords WHERE account = @account AND name = @name",
            ("@account", account.Id), ("@name", name));
        return removed > 0 ? ended : null;
    });

    /// <summary>Whose a password is; null when it is no app password of the account of that name.</summary>
    public VerifiedPassword? Find(string account, string password)
    {
        if (!RandomCode.TryHash(password, out var hash))
            return null;

        using var connection = database.Open();
        return connection.Query(
            """
            SELECT a.id, a.name, a.roles FROM app_passwords p JOIN accounts a ON a.id = p.account
            WHERE p.code_hash = @hash AND a.name = @name
            """,
            ("@hash", hash), ("@name", AccountRules.Normalize(account)))
            .Single(row => (VerifiedPassword?)new VerifiedPassword(
                new Account(row.GetInt64(0), row.GetString(1), (AccountRoles)row.GetInt32(2) & Roles), hash));
    }

    private static string Read(string typed)
    {
        var name = PlainText.Of(typed).Trim();
        return name.Length is > 0 and <= MaxNameLength
            ? name
            : throw new AccountException($"An app password's name has 1 to {MaxNameLength} characters.");
    }
}
