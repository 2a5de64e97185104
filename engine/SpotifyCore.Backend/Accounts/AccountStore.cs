using System.Data.Common;
using SpotifyCore.Backend.Data;

namespace SpotifyCore.Backend.Accounts;

/// <summary>The accounts and their password hashes. Safe for many threads.</summary>
public sealed class AccountStore(ServiceDatabase database, TimeProvider time)
{
    /// <summary>Most characters of a name.</summary>
    public const int MaxNameLength = 64;

    // Somebody whose name is unknown waits for the same work as somebody whose password is wrong.
    private static readonly byte[] NobodysSalt = new byte[PasswordHash.SaltSize];
    private static readonly byte[] NobodysHash = new byte[PasswordHash.HashSize];

    /// <summary>The form under which a name is kept: names differ by more than case.</summary>
    public static string Normalize(string name) => name.ToLowerInvariant();

    /// <summary>The account of that name.</summary>
    /// <exception cref="AccountException">There is no such account.</exception>
    public Account Get(string name) => Find(Normalize(name))?.Account ?? throw Unknown(Normalize(name));

    /// <summary>Looks whether an account may be made under that name now.</summary>
    /// <exception cref="AccountException">The name can't be, or is taken.</exception>
    public void CheckFree(string name)
    {
        name = Normalize(name);
        CheckName(name);
        if (Find(name) is not null)
            throw Taken(name);
    }

    /// <summary>Makes an account; durable when this returns.</summary>
    /// <exception cref="AccountException">Name, password or role can't be, or the name is taken.</exception>
    public Account Add(string name, string password, AccountRoles roles)
    {
        name = Normalize(name);
        CheckName(name);
        CheckPassword(password);
        if (roles == AccountRoles.None)
            throw new AccountException("An account needs a role: listener or import.");

        var salt = PasswordHash.NewSalt();
        var hash = PasswordHash.Compute(password, salt, PasswordHash.Iterations);
        return database.Write(connection => Insert(connection, name, roles, salt, hash)) ?? throw Taken(name);
    }

    /// <summary>
    /// The account if name and password are right, else null. Takes the same time for names that nobody has.
    /// </summary>
    public Account? Verify(string name, string password)
    {
        if (password.Length > PasswordHash.MaxLength || name.Length > MaxNameLength)
            return null;

        var stored = Find(Normalize(name));
        var matches = stored is { } known
            ? PasswordHash.Matches(password, known.Salt, known.Iterations, known.Hash)
            : PasswordHash.Matches(password, NobodysSalt, PasswordHash.Iterations, NobodysHash);
        return matches ? stored?.Account : null;
    }

    /// <summary>Every account, by name.</summary>
    public IReadOnlyList<AccountEntry> List()
    {
        using var connection = database.Open();
        return connection.Query(
            """
            SELECT id, name, roles, created,
              (SELECT CAST(count(*) AS INTEGER) FROM sessions s WHERE s.account = a.id AND s.expires > @now)
            FROM accounts a ORDER BY name
            """,
            ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()))
            .All(static row => new AccountEntry(
                new Account(row.GetInt64(0), row.GetString(1), (AccountRoles)row.GetInt32(2)),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
                row.GetInt32(4)));
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
        CheckName(newName);
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

    /// <summary>
    /// Sets an account's password, ends its sessions and forgets its clients, so that whoever knew the old one is out
    /// and has no tries of his own. A client that is online already stays so until its ticket is to be renewed. Durable
    /// when this returns.
    /// </summary>
    /// <exception cref="AccountException">There is no such account, or the password can't be.</exception>
    public void SetPassword(string name, string password)
    {
        CheckPassword(password);
        name = Normalize(name);
        var salt = PasswordHash.NewSalt();
        var hash = PasswordHash.Compute(password, salt, PasswordHash.Iterations);
        database.Write(connection =>
        {
            var changed = connection.Execute(
                "UPDATE accounts SET salt = @salt, iterations = @iterations, hash = @hash WHERE name = @name",
                ("@salt", salt), ("@iterations", PasswordHash.Iterations), ("@hash", hash), ("@name", name));
            if (changed == 0)
                throw Unknown(name);

            connection.Execute(
                "DELETE FROM devices WHERE account = (SELECT id FROM accounts WHERE name = @name)", ("@name", name));
            return connection.Execute(
                "DELETE FROM sessions WHERE account = (SELECT id FROM accounts WHERE name = @name)", ("@name", name));
        });
    }

    private static void CheckName(string name)
    {
        if (name.Length is 0 or > MaxNameLength || !name.All(IsOfNames))
            throw new AccountException($"A name has 1 to {MaxNameLength} of a-z, 0-9, '.', '-', '_' and '@'.");
    }

    private static void CheckPassword(string password)
    {
        if (password.Length is < PasswordHash.MinLength or > PasswordHash.MaxLength)
            throw new AccountException(
                $"A password has {PasswordHash.MinLength} to {PasswordHash.MaxLength} characters.");
    }

    private static AccountException Taken(string name) => new($"There is an account '{name}' already.");

    private static AccountException Unknown(string name) => new($"There is no account '{name}'.");

    private static bool IsOfNames(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@';

    // Null where the name is taken.
    private Account? Insert(DbConnection connection, string name, AccountRoles roles, byte[] salt, byte[] hash) =>
        connection.Query(
            """
            INSERT INTO accounts (name, roles, salt, iterations, hash, created)
            VALUES (@name, @roles, @salt, @iterations, @hash, @now) ON CONFLICT (name) DO NOTHING RETURNING id
            """,
            ("@name", name), ("@roles", (int)roles), ("@salt", salt), ("@iterations", PasswordHash.Iterations),
            ("@hash", hash), ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()))
            .Single(row => new Account(row.GetInt64(0), name, roles));

    private StoredAccount? Find(string name)
    {
        using var connection = database.Open();
        return connection.Query(
            "SELECT id, name, roles, salt, iterations, hash FROM accounts WHERE name = @name", ("@name", name))
            .Single(static row => new StoredAccount(
                new Account(row.GetInt64(0), row.GetString(1), (AccountRoles)row.GetInt32(2)),
                row.GetBlob(3), row.GetInt32(4), row.GetBlob(5)));
    }

    private sealed record StoredAccount(Account Account, byte[] Salt, int Iterations, byte[] Hash);
}
