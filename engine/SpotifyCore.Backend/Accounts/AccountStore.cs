using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using SpotifyCore.Backend.Data;

namespace SpotifyCore.Backend.Accounts;

/// <summary>The accounts and their password hashes. Safe for many threads.</summary>
public sealed class AccountStore(ServiceDatabase database, PasswordHasher hasher, TimeProvider time)
{
    // By chance, and so never another's: a name may be.
    private const int ReferenceSize = 16;

    /// <summary>The form under which a name is kept: names differ by more than case.</summary>
    public static string Normalize(string name) => AccountRules.Normalize(name);

    /// <summary>The account of that name.</summary>
    /// <exception cref="AccountException">There is no such account.</exception>
    public Account Get(string name) => Find(Normalize(name))?.Account ?? throw Unknown(Normalize(name));

    /// <summary>Looks whether an account may be made under that name now.</summary>
    /// <exception cref="AccountException">The name can't be, or is taken.</exception>
    public void CheckFree(string name)
    {
        name = Normalize(name);
        AccountRules.CheckName(name);
        if (Find(name) is not null)
            throw Taken(name);
    }

    /// <summary>Makes an account; durable when this returns.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="password">Its password.</param>
    /// <param name="roles">What it may do.</param>
    /// <param name="country">ISO 3166-1 alpha-2; empty when it is not known.</param>
    /// <exception cref="AccountException">Name, password, role or country can't be, or the name is taken.</exception>
    public Account Add(string name, string password, AccountRoles roles, string country = "")
    {
        name = Normalize(name);
        AccountRules.CheckName(name);
        AccountRules.CheckPassword(name, password);
        if (roles == AccountRoles.None)
            throw new AccountException("An account needs a role: listener or import.");

        var made = new NewAccount
        {
            Name = name,
            Roles = roles,
            Password = hasher.Compute(password),
            Country = country.Length == 0 ? "" : AccountRules.ReadCountry(country),
        };
        return database.Write(connection => Insert(connection, made)) ?? throw Taken(name);
    }

    /// <summary>
    /// The account if name and password are right, with what the password is kept as from then on until another is set; else
    /// nobody. Takes the same time for names that nobody has. A hash that is cheaper than today's is made anew.
    /// </summary>
    internal VerifiedPassword VerifyPassword(string name, string password)
    {
        if (password.Length > PasswordHasher.MaxLength || name.Length > AccountRules.MaxNameLength)
            return default;

        var stored = Find(Normalize(name));
        var verdict = hasher.Verify(password, stored?.Password ?? hasher.OfNobody);
        if (stored is null || verdict == PasswordVerificationResult.Failed)
            return default;

        if (verdict == PasswordVerificationResult.Success)
            return new VerifiedPassword(stored.Account, null) { Hash = stored.Password };

        // Where it is kept otherwise meanwhile, it may be another, or the same that somebody else has made anew.
        return Renew(stored, password) is { } renewed
            ? new VerifiedPassword(stored.Account, null) { Hash = renewed }
            : VerifyPassword(name, password);
    }

    /// <summary>Every account, by name.</summary>
    public IReadOnlyList<AccountEntry> List()
    {
        using var connection = database.Open();
        return connection.Query(
            """
            SELECT id, name, roles, created,
              (SELECT CAST(count(*) AS INTEGER) FROM sessions s WHERE s.account = a.id AND s.expires > @now), country,
              reference
            FROM accounts a ORDER BY name
            """,
            ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()))
            .All(static row => new AccountEntry(
                new Account(row.GetInt64(0), row.GetString(1), (AccountRoles)row.GetInt32(2)),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
                row.GetInt32(4),
                row.GetString(5))
            {
                Reference = row.GetString(6),
            });
    }

    /// <summary>Removes an account and ends its sessions; durable when this returns.</summary>
    /// <exception cref="AccountException">There is no such account.</exception>
    public void Remove(string name)
    {
        name = Normalize(name);
        if (database.Write(connection => connection.Execute(
            "DELETE FROM accounts WHERE name = @name", ("@name", name))) == 0)
            throw Unknown(name);
    }

    /// <summary>Gives an account another name; its sessions go on. Durable when this returns.</summary>
    /// <exception cref="AccountException">There is no such account, or the new name can't be or is taken.</exception>
    public void Rename(string name, string newName)
    {
        newName = Normalize(newName);
        AccountRules.CheckName(newName);
        name = Get(name).Name;
        if (name == newName)
            throw new AccountException($"That is the name of the account '{newName}' already.");

        var renamed = database.Write(connection => connection.Execute(
            """
            UPDATE accounts SET name = @new
            WHERE name = @name AND NOT EXISTS (SELECT 1 FROM accounts WHERE name = @new)
            """,
            ("@name", name), ("@new", newName)));
        if (renamed == 0)
            throw Find(newName) is null ? Unknown(name) : Taken(newName);
    }

    /// <summary>Says which country an account is of; durable when this returns.</summary>
    /// <returns>The country's code as it is kept.</returns>
    /// <exception cref="AccountException">There is no such account or country.</exception>
    public string SetCountry(string name, string country)
    {
        name = Normalize(name);
        country = AccountRules.ReadCountry(country);
        var changed = database.Write(connection => connection.Execute(
            "UPDATE accounts SET country = @country WHERE name = @name", ("@country", country), ("@name", name)));
        return changed > 0 ? country : throw Unknown(name);
    }

    /// <summary>
    /// Sets an account's password, ends its sessions, app passwords and links and forgets its clients, so that whoever knew the old one is out
    /// and has no tries of his own. A client that is online already stays so until its ticket is to be renewed. Durable
    /// when this returns.
    /// </summary>
    /// <exception cref="AccountException">There is no such account, or the password can't be.</exception>
    public void SetPassword(string name, string password)
    {
        name = Normalize(name);
        AccountRules.CheckPassword(name, password);
        var hash = hasher.Compute(password);
        database.Write(connection =>
        {
            var account = connection.Query("SELECT id FROM accounts WHERE name = @name", ("@name", name))
                .Single(static row => (long?)row.GetInt64(0)) ?? throw Unknown(name);
            return SetPassword(connection, account, hash, time.GetUtcNow()).Count;
        });
    }

    /// <summary>Gives an account another address, which is not verified then. Durable when this returns.</summary>
    /// <exception cref="AccountException">There is no such account, or the address can't be.</exception>
    public void SetEmail(string name, string email)
    {
        name = Normalize(name);
        AccountRules.CheckEmail(email);
        var changed = database.Write(connection => connection.Execute(
            "UPDATE accounts SET email = @email, verified = 0 WHERE name = @name", ("@email", email), ("@name", name)));
        if (changed == 0)
            throw Unknown(name);
    }

    /// <summary>
    /// Sets the password of the account of a session, with all that ends by it but that session; durable when this returns.
    /// </summary>
    /// <returns>SHA-256 of the tokens of the sessions that have ended.</returns>
    /// <exception cref="AccountException">The password can't be, or the session has ended meanwhile.</exception>
    internal IReadOnlyList<byte[]> ChangePassword(Session under, string password)
    {
        AccountRules.CheckPassword(under.Account.Name, password);
        var hash = hasher.Compute(password);
        return database.Write(connection =>
        {
            SessionStore.ThrowIfEnded(connection, under);
            return SetPassword(connection, under.Account.Id, hash, time.GetUtcNow(), kept: under.TokenHash);
        });
    }

    /// <summary>
    /// Gives the account of a session another address, which is not verified then; durable when this returns.
    /// </summary>
    /// <returns>The one that it had; empty for none, null where that is the same.</returns>
    /// <exception cref="AccountException">The address can't be, or the session has ended meanwhile.</exception>
    internal string? ChangeEmail(Session under, string email)
    {
        AccountRules.CheckEmail(email);
        return database.Write(connection =>
        {
            SessionStore.ThrowIfEnded(connection, under);
            var former = connection.Query("SELECT email FROM accounts WHERE id = @id", ("@id", under.Account.Id))
                .Single(static row => row.GetString(0));
            if (former == email)
                return null;

            connection.Execute(
                "UPDATE accounts SET email = @email, verified = 0 WHERE id = @id",
                ("@email", email), ("@id", under.Account.Id));
            return former;
        });
    }

    /// <summary>Sets a password within a change, with all that ends by it.</summary>
    /// <param name="connection">That of the change.</param>
    /// <param name="account">Whose it is.</param>
    /// <param name="hash">What the password is kept as.</param>
    /// <param name="now">The time.</param>
    /// <param name="kept">SHA-256 of the token of the session that goes on; null for none.</param>
    /// <returns>SHA-256 of the tokens of the sessions that have ended.</returns>
    internal static IReadOnlyList<byte[]> SetPassword(
        DbConnection connection, long account, byte[] hash, DateTimeOffset now, byte[]? kept = null)
    {
        connection.Execute(
            "UPDATE accounts SET password = @hash WHERE id = @account", ("@hash", hash), ("@account", account));
        connection.Execute("DELETE FROM devices WHERE account = @account", ("@account", account));
        SessionStore.KeepPseudonym(connection, account, now);
        var ended = connection.Query(
            "DELETE FROM sessions WHERE account = @account AND token_hash <> @kept RETURNING token_hash",
            ("@account", account), ("@kept", kept ?? [])).All(static row => row.GetBlob(0));

        // One that goes on is the password's from now on: with its link it would end.
        connection.Execute("UPDATE sessions SET link = NULL WHERE account = @account", ("@account", account));
        connection.Execute("DELETE FROM app_passwords WHERE account = @account", ("@account", account));
        connection.Execute("DELETE FROM links WHERE account = @account", ("@account", account));
        return ended;
    }

    /// <summary>Makes an account within a change; null where its name is taken.</summary>
    internal Account? Insert(DbConnection connection, NewAccount made) => connection.Query(
        """
        INSERT INTO accounts (name, roles, password, created, country, email, reference)
        VALUES (@name, @roles, @password, @now, @country, @email, @reference) ON CONFLICT (name) DO NOTHING RETURNING id
        """,
        ("@reference", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(ReferenceSize))),
        ("@name", made.Name), ("@roles", (int)made.Roles), ("@password", made.Password),
        ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()), ("@country", made.Country), ("@email", made.Email))
        .Single(row => new Account(row.GetInt64(0), made.Name, made.Roles));

    /// <summary>Whether there is an account of that name, which is normalized.</summary>
    internal static bool IsTaken(DbConnection connection, string name) => connection.Query(
        "SELECT 1 FROM accounts WHERE name = @name", ("@name", name)).Single(static _ => true);

    private static AccountException Taken(string name) => new($"There is an account '{name}' already.");

    private static AccountException Unknown(string name) => new($"There is no account '{name}'.");

    /// <summary>Makes a hash anew; null, and nothing is done, where it is another meanwhile.</summary>
    private byte[]? Renew(StoredAccount stored, string password)
    {
        var hash = hasher.Compute(password);
        var renewed = database.Write(connection => connection.Execute(
            "UPDATE accounts SET password = @hash WHERE id = @id AND password = @old",
            ("@hash", hash), ("@id", stored.Account.Id), ("@old", stored.Password)));
        return renewed > 0 ? hash : null;
    }

    private StoredAccount? Find(string name)
    {
        using var connection = database.Open();
        return connection.Query("SELECT id, name, roles, password FROM accounts WHERE name = @name", ("@name", name))
            .Single(static row => new StoredAccount(
                new Account(row.GetInt64(0), row.GetString(1), (AccountRoles)row.GetInt32(2)), row.GetBlob(3)));
    }

    private sealed record StoredAccount(Account Account, byte[] Password);
}
