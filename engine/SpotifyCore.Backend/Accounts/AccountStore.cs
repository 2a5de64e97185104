using Microsoft.Data.Sqlite;
using SpotifyCore.Backend.Data;

namespace SpotifyCore.Backend.Accounts;

/// <summary>The accounts and their password hashes. Safe for many threads.</summary>
public sealed class AccountStore(ServiceDatabase database, TimeProvider time)
{
    private const int MaxNameLength = 64;
    private const int UniqueViolation = 19;

    // Somebody whose name is unknown waits for the same work as somebody whose password is wrong.
    private static readonly byte[] NobodysSalt = new byte[PasswordHash.SaltSize];
    private static readonly byte[] NobodysHash = new byte[PasswordHash.HashSize];

    /// <summary>The form under which a name is kept: names differ by more than case.</summary>
    public static string Normalize(string name) => name.ToLowerInvariant();

    /// <summary>Makes an account; durable when this returns.</summary>
    /// <exception cref="AccountException">Name, password or role can't be, or the name is taken.</exception>
    public Account Add(string name, string password, AccountRoles roles)
    {
        name = Normalize(name);
        Check(name, password, roles);
        var salt = PasswordHash.NewSalt();
        var hash = PasswordHash.Compute(password, salt, PasswordHash.Iterations);
        try
        {
            return database.Write(connection => Insert(connection, name, roles, salt, hash));
        }
        catch (SqliteException taken) when (taken.SqliteErrorCode == UniqueViolation)
        {
            throw new AccountException($"There is an account '{name}' already.");
        }
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

    private static void Check(string name, string password, AccountRoles roles)
    {
        if (name.Length is 0 or > MaxNameLength || !name.All(IsOfNames))
            throw new AccountException($"A name has 1 to {MaxNameLength} of a-z, 0-9, '.', '-', '_' and '@'.");
        if (password.Length is < PasswordHash.MinLength or > PasswordHash.MaxLength)
            throw new AccountException(
                $"A password has {PasswordHash.MinLength} to {PasswordHash.MaxLength} characters.");
        if (roles == AccountRoles.None)
            throw new AccountException("An account needs a role: listener or import.");
    }

    private static bool IsOfNames(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@';

    private Account Insert(SqliteConnection connection, string name, AccountRoles roles, byte[] salt, byte[] hash)
    {
        var id = connection.Query(
            """
            INSERT INTO accounts (name, roles, salt, iterations, hash, created)
            VALUES ($name, $roles, $salt, $iterations, $hash, $now) RETURNING id
            """,
            ("$name", name), ("$roles", (int)roles), ("$salt", salt), ("$iterations", PasswordHash.Iterations),
            ("$hash", hash), ("$now", time.GetUtcNow().ToUnixTimeMilliseconds()))
            .Single(static row => row.GetInt64(0));
        return new Account(id, name, roles);
    }

    private StoredAccount? Find(string name)
    {
        using var connection = database.Open();
        return connection.Query(
            "SELECT id, name, roles, salt, iterations, hash FROM accounts WHERE name = $name", ("$name", name))
            .Single(static row => new StoredAccount(
                new Account(row.GetInt64(0), row.GetString(1), (AccountRoles)row.GetInt32(2)),
                row.GetBlob(3), row.GetInt32(4), row.GetBlob(5)));
    }

    private sealed record StoredAccount(Account Account, byte[] Salt, int Iterations, byte[] Hash);
}
