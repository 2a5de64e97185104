using System.Data.Common;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Registration;

namespace SpotifyCore.Backend.SignIn;

/// <summary>
/// Which accounts those log in to whom providers know: one each, by issuer and subject alone, as addresses and names change
/// hands. An account is linked with one of each provider at most. Safe for many threads.
/// </summary>
internal sealed class LinkStore(
    ServiceDatabase database, RegistrationStore registrations, PasswordHasher hasher, TimeProvider time)
{
    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The account that somebody is linked with; null when there is none.</summary>
    public Account? Find(ExternalIdentity identity)
    {
        using var connection = database.Open();
        return Find(connection, identity);
    }

    /// <summary>
    /// Makes an account that nobody has a password of, and links it, both or neither, unless there is a reason against it
    /// or somebody was linked meanwhile; durable when this returns.
    /// </summary>
    /// <param name="identity">Who logs in to it.</param>
    /// <param name="wanted">The account; without a name it gets a free one after what the provider calls them.</param>
    public (Account? Account, RegistrationRefusal Refusal) Register(ExternalIdentity identity, WantedAccount wanted) =>
        database.Write(connection =>
        {
            if (Find(connection, identity) is { } there)
                return (there, RegistrationRefusal.None);

            var named = wanted.Name.Length > 0
                ? wanted
                : wanted.Named(FreeNames.After(identity.PreferredName, name => AccountStore.IsTaken(connection, name)));
            var made = registrations.Make(connection, named, hasher.OfNobody);
            if (made.Account is { } account)
                Insert(connection, account, identity);

            return (made.Account, made.Refusal);
        });

    /// <summary>Links an account; durable when this returns.</summary>
    /// <param name="account">Whose it is to be.</param>
    /// <param name="identity">Who logs in to it.</param>
    /// <param name="under">The session under which that is asked for; null for none.</param>
    /// <exception cref="AccountException">The session has ended meanwhile.</exception>
    public LinkOutcome Add(Account account, ExternalIdentity identity, Session? under = null) => database.Write(connection =>
    {
        if (under is not null)
            SessionStore.ThrowIfEnded(connection, under);
        if (Find(connection, identity) is { } there)
            return there.Id == account.Id ? LinkOutcome.Linked : LinkOutcome.OfAnother;
        if (IssuersOf(connection, account).Contains(identity.Issuer))
            return LinkOutcome.WithAnother;

        Insert(connection, account, identity);
        return LinkOutcome.Linked;
    });

    /// <summary>With whom an account is linked, by the providers' issuers.</summary>
    public IReadOnlyList<ListedLink> List(Account account)
    {
        using var connection = database.Open();
        return connection.Query(
            "SELECT issuer, subject, created, coalesce(used, 0) FROM links WHERE account = @account ORDER BY issuer",
            ("@account", account.Id))
            .All(static row => new ListedLink(
                new ExternalIdentity(row.GetString(0), row.GetString(1)), row.GetInt64(2), row.GetInt64(3)));
    }

    /// <summary>Ends a link and its sessions; durable when this returns.</summary>
    /// <param name="account">Whose it is.</param>
    /// <param name="issuer">With whose provider.</param>
    /// <param name="served">Issuers by which accounts are logged in to at present.</param>
    /// <param name="under">The session under which that is asked for; null for none.</param>
    /// <returns>SHA-256 of the tokens of the sessions that have ended; null when there is no such link.</returns>
    /// <exception cref="AccountException">
    /// Nobody could log in to the account any more, or the session has ended meanwhile.
    /// </exception>
    public IReadOnlyList<byte[]>? Remove(
        Account account, string issuer, IReadOnlyCollection<string> served, Session? under = null) =>
        database.Write(connection =>
        {
            if (under is not null)
                SessionStore.ThrowIfEnded(connection, under);

            var issuers = IssuersOf(connection, account);
            if (!issuers.Remove(issuer))
                return null;
            if (!HasPassword(connection, account) && !issuers.Exists(served.Contains))
            {
                throw new AccountException(
                    "That is the only way to log in to the account: link another provider first, or ask the operator.");
            }

            SessionStore.KeepPseudonym(connection, account.Id, time.GetUtcNow());

            // What clients proved by a password before goes too: who has them now may be whom the link is ended for.
            connection.Execute(
                """
                DELETE FROM devices WHERE account = @account AND peer IN (
                  SELECT s.peer FROM sessions s JOIN links l ON l.id = s.link
                  WHERE l.account = @account AND l.issuer = @issuer)
                """,
                ("@account", account.Id), ("@issuer", issuer));
            var ended = connection.Query(
                """
                DELETE FROM sessions WHERE link = (SELECT id FROM links WHERE account = @account AND issuer = @issuer)
                RETURNING token_hash
                """,
                ("@account", account.Id), ("@issuer", issuer)).All(static row => row.GetBlob(0));
            connection.Execute(
                "DELETE FROM links WHERE account = @account AND issuer = @issuer",
                ("@account", account.Id), ("@issuer", issuer));
            return ended;
        });

    private static Account? Find(DbConnection connection, ExternalIdentity identity) => connection.Query(
        """
        SELECT a.id, a.name, a.roles FROM links l JOIN accounts a ON a.id = l.account
        WHERE l.issuer = @issuer AND l.subject = @subject
        """,
        ("@issuer", identity.Issuer), ("@subject", identity.Subject))
        .Single(static row => new Account(row.GetInt64(0), row.GetString(1), (AccountRoles)row.GetInt32(2)));

    private static List<string> IssuersOf(DbConnection connection, Account account) => connection.Query(
        "SELECT issuer FROM links WHERE account = @account", ("@account", account.Id))
        .All(static row => row.GetString(0));

    private static bool HasPassword(DbConnection connection, Account account) => connection.Query(
        "SELECT password FROM accounts WHERE id = @account", ("@account", account.Id))
        .Single(static row => !PasswordHasher.IsOfNobody(row.GetBlob(0)));

    private void Insert(DbConnection connection, Account account, ExternalIdentity identity) => connection.Execute(
        "INSERT INTO links (account, issuer, subject, created) VALUES (@account, @issuer, @subject, @now)",
        ("@account", account.Id), ("@issuer", identity.Issuer), ("@subject", identity.Subject), ("@now", Now));
}
