using System.Data.Common;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;

namespace SpotifyCore.Backend.Mail;

/// <summary>
/// Codes that go to an account's address, of which only hashes are kept: each good once, for one purpose, while the address
/// is still the account's. Safe for many threads.
/// </summary>
internal sealed class MailCodeStore(ServiceDatabase database, TimeProvider time)
{
    /// <summary>
    /// Most to one address of an account, for one purpose, that can be used at a time: nobody's mailbox is filled, and
    /// whoever fills it up leaves the owner as many that are good.
    /// </summary>
    public const int MaxOpen = 3;

    /// <summary>
    /// Most to all addresses that an account had meanwhile: who mistyped some has codes to the right one, and nobody sends
    /// to as many as he can think of.
    /// </summary>
    public const int MaxOfAccount = 12;

    /// <summary>How long one is good that shows whose an address is.</summary>
    public static readonly TimeSpan VerificationLifetime = TimeSpan.FromDays(1);

    /// <summary>How long one is good that sets a password.</summary>
    public static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(1);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>
    /// Makes one; null where none is to be sent: there is no such account, it has no address, one that is verified already
    /// or, for a new password, one that is not; or too many were made.
    /// </summary>
    public MailCode? Make(MailWish wish)
    {
        var code = RandomCode.New();
        RandomCode.TryHash(code, out var hash);
        var expires = time.GetUtcNow()
            + (wish.Purpose == MailPurpose.Verification ? VerificationLifetime : ResetLifetime);
        return database.Write(connection =>
        {
            connection.Execute("DELETE FROM mail_codes WHERE expires <= @now", ("@now", Now));
            return connection.Query(
                """
                INSERT INTO mail_codes (code_hash, account, purpose, email, expires)
                SELECT @hash, id, @purpose, email, @expires FROM accounts a
                WHERE name = @name AND email <> '' AND verified = @verified
                  AND (SELECT count(*) FROM mail_codes m
                    WHERE m.account = a.id AND m.purpose = @purpose AND m.email = a.email) < @most
                  AND (SELECT count(*) FROM mail_codes m WHERE m.account = a.id AND m.purpose = @purpose) < @all
                RETURNING email
                """,
                ("@hash", hash), ("@purpose", (int)wish.Purpose), ("@expires", expires.ToUnixTimeMilliseconds()),
                ("@name", AccountRules.Normalize(wish.Account)),
                ("@verified", wish.Purpose == MailPurpose.Verification ? 0 : 1), ("@most", MaxOpen),
                ("@all", MaxOfAccount))
                .Single(row => new MailCode(AccountRules.Normalize(wish.Account), row.GetString(0), code, expires));
        });
    }

    /// <summary>Forgets one that could not be sent.</summary>
    public void Withdraw(MailCode code)
    {
        if (RandomCode.TryHash(code.Code, out var hash))
            database.Write(connection => connection.Execute(
                "DELETE FROM mail_codes WHERE code_hash = @hash", ("@hash", hash)));
    }

    /// <summary>Has the address be the account's to which a code was sent, and uses the code up.</summary>
    /// <returns>The account's name; null when the code can't be used.</returns>
    public string? Verify(string code) => !RandomCode.TryHash(code, out var hash) ? null : database.Write(connection =>
    {
        var account = Find(connection, hash, MailPurpose.Verification);
        if (account is null)
            return null;

        connection.Execute(
            "DELETE FROM mail_codes WHERE account = @account AND purpose = @purpose",
            ("@account", account.Id), ("@purpose", (int)MailPurpose.Verification));
        connection.Execute("UPDATE accounts SET verified = 1 WHERE id = @account", ("@account", account.Id));
        return account.Name;
    });

    /// <summary>Whose password a code sets; null when it can't be used.</summary>
    public Account? FindReset(string code)
    {
        if (!RandomCode.TryHash(code, out var hash))
            return null;

        using var connection = database.Open();
        return Find(connection, hash, MailPurpose.Reset);
    }

    /// <summary>
    /// Sets the password of the account to which a code was sent, ends its sessions and app passwords, forgets its clients,
    /// and uses up the code and all others that would.
    /// </summary>
    /// <param name="code">The code.</param>
    /// <param name="password">The new password's hash.</param>
    /// <returns>SHA-256 of the tokens of the sessions that have ended; null when the code can't be used.</returns>
    public IReadOnlyList<byte[]>? Reset(string code, byte[] password) => !RandomCode.TryHash(code, out var hash)
        ? null
        : database.Write(connection =>
        {
            if (Find(connection, hash, MailPurpose.Reset) is not { } account)
                return null;

            connection.Execute(
                "DELETE FROM mail_codes WHERE account = @account AND purpose = @purpose",
                ("@account", account.Id), ("@purpose", (int)MailPurpose.Reset));
            return AccountStore.SetPassword(connection, account.Id, password, time.GetUtcNow());
        });

    private Account? Find(DbConnection connection, byte[] hash, MailPurpose purpose) => connection.Query(
        """
        SELECT a.id, a.name, a.roles FROM mail_codes m JOIN accounts a ON a.id = m.account AND a.email = m.email
        WHERE m.code_hash = @hash AND m.purpose = @purpose AND m.expires > @now
        """,
        ("@hash", hash), ("@purpose", (int)purpose), ("@now", Now))
        .Single(static row => new Account(row.GetInt64(0), row.GetString(1), (AccountRoles)row.GetInt32(2)));
}
