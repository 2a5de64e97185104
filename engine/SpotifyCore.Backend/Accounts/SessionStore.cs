using System.Buffers;
using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using SpotifyCore.Backend.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using Session = SpotifyCore.Backend.Accounts.Session;

namespace SpotifyCore.Backend.Accounts;

/// <summary>
/// The open sessions. They survive a restart; of the token only the hash is kept. An account has at most
/// <see cref="MaxPerAccount"/>: the next login ends the one that would expire first; of each client it has one, the
/// latest. Safe for many threads.
/// </summary>
internal sealed class SessionStore(ServiceDatabase database, TimeProvider time, TimeSpan lifetime)
{
    /// <summary>Most sessions of one account at a time.</summary>
    public const int MaxPerAccount = 32;

    /// <summary>Most sessions of one account that were opened with app passwords: those make room for each other alone.</summary>
    public const int MaxOfAppPasswords = 16;

    /// <summary>Clients remembered of one account; the one that logged in longest ago makes room.</summary>
    public const int MaxDevices = 32;

    /// <summary>
    /// How long an account without a session keeps its pseudonym: else who logs out and in again would leave behind all
    /// that others bound and remember by it. Longer than tickets hold, and than peers ban (12 hours).
    /// </summary>
    public static readonly TimeSpan PseudonymKept = TimeSpan.FromDays(1);

    private const int TokenSize = 32;
    private const int PseudonymSize = 16;

    /// <summary>Opens a session.</summary>
    /// <param name="account">Whose it is, with the roles that it has.</param>
    /// <param name="peer">The client.</param>
    /// <param name="origin">Where and with what it is opened.</param>
    /// <exception cref="AccountException">
    /// The app password or the link has been removed meanwhile, or another password set.
    /// </exception>
    public OpenedSession Open(Account account, PeerId peer, SessionOrigin origin = default)
    {
        var token = RandomNumberGenerator.GetBytes(TokenSize);
        var hash = SHA256.HashData(token);
        var replaced = new List<byte[]>();
        var session = database.Write(connection => Insert(connection, new Session(hash, account, peer, [])
        {
            IsForStreamingAlone = origin.AppPassword is not null, Kind = KindOf(origin),
        }, origin, replaced));
        return new OpenedSession(Base64Url.EncodeToString(token), session) { Replaced = replaced };
    }

    /// <summary>The session of a token, or null when there is none or it has expired.</summary>
    public Session? Find(string token)
    {
        Span<byte> bytes = stackalloc byte[TokenSize];
        if (Base64Url.DecodeFromChars(token, bytes, out _, out var written) != OperationStatus.Done
            || written != TokenSize)
            return null;

        using var connection = database.Open();
        return connection.Query(
            """
            SELECT s.token_hash, a.id, a.name, a.roles, s.peer, s.pseudonym, coalesce(s.app_password, 0), s.device,
              s.kind
            FROM sessions s JOIN accounts a ON a.id = s.account
            WHERE s.token_hash = @hash AND s.expires > @now
            """,
            ("@hash", SHA256.HashData(bytes)), ("@now", Now))
            .Single(static row =>
            {
                var isForStreaming = row.GetInt64(6) != 0;
                var roles = (AccountRoles)row.GetInt32(3);
                var account = new Account(
                    row.GetInt64(1), row.GetString(2), isForStreaming ? roles & AppPasswordStore.Roles : roles);
                return new Session(row.GetBlob(0), account, PeerId.Read(row.GetBlob(4)), row.GetBlob(5))
                {
                    IsForStreamingAlone = isForStreaming, Device = row.GetString(7), Kind = (DeviceKind)row.GetInt32(8),
                };
            });
    }

    /// <summary>True for a client that has logged in to this account before.</summary>
    public bool Knows(string account, PeerId peer)
    {
        using var connection = database.Open();
        return connection.Query(
            "SELECT 1 FROM devices d JOIN accounts a ON a.id = d.account WHERE a.name = @name AND d.peer = @peer",
            ("@name", AccountStore.Normalize(account)), ("@peer", peer.Bits.ToArray()))
            .Single(static _ => true);
    }

    /// <summary>
    /// Gives a session its whole lifetime again, and notes that it was seen; false when it has ended meanwhile.
    /// </summary>
    public bool Extend(Session session, string address) => database.Write(connection => connection.Execute(
        """
        UPDATE sessions SET expires = @expires, seen = @now, address = @address
        WHERE token_hash = @hash AND expires > @now
        """,
        ("@expires", Expiry), ("@hash", session.TokenHash), ("@now", Now), ("@address", address))) > 0;

    /// <summary>The open sessions of an account, the latest seen first.</summary>
    public IReadOnlyList<ListedSession> List(Account account)
    {
        using var connection = database.Open();
        return connection.Query(
            """
            SELECT s.peer, s.token_hash, s.device, s.address, s.created, s.seen, coalesce(p.name, ''), s.kind
            FROM sessions s LEFT JOIN app_passwords p ON p.id = s.app_password
            WHERE s.account = @account AND s.expires > @now ORDER BY s.seen DESC, s.peer
            """,
            ("@account", account.Id), ("@now", Now))
            .All(static row => new ListedSession(PeerId.Read(row.GetBlob(0)), row.GetBlob(1))
            {
                Origin = new SessionOrigin(row.GetString(2), row.GetString(3)) { Kind = (DeviceKind)row.GetInt32(7) },
                Created = row.GetInt64(4),
                Seen = row.GetInt64(5),
                AppPassword = row.GetString(6),
            });
    }

    /// <summary>Ends a session.</summary>
    public void Close(Session session) => database.Write(connection =>
    {
        KeepPseudonym(connection, session.Account.Id, time.GetUtcNow());
        return connection.Execute("DELETE FROM sessions WHERE token_hash = @hash", ("@hash", session.TokenHash));
    });

    /// <summary>
    /// Ends the session that an account has with a client, and forgets the client: it has no tries of its own any more.
    /// </summary>
    /// <returns>SHA-256 of the tokens of those that have ended: one, or none.</returns>
    public IReadOnlyList<byte[]> Revoke(Account account, PeerId peer) => database.Write(connection =>
    {
        KeepPseudonym(connection, account.Id, time.GetUtcNow());
        connection.Execute(
            "DELETE FROM devices WHERE account = @account AND peer = @peer",
            ("@account", account.Id), ("@peer", peer.Bits.ToArray()));
        return connection.Query(
            "DELETE FROM sessions WHERE account = @account AND peer = @peer RETURNING token_hash",
            ("@account", account.Id), ("@peer", peer.Bits.ToArray())).All(static row => row.GetBlob(0));
    });

    /// <summary>Ends all sessions of the account but this one, and forgets their clients and all others.</summary>
    /// <returns>SHA-256 of the tokens of those that have ended.</returns>
    public IReadOnlyList<byte[]> RevokeOthers(Session session) => database.Write(connection =>
    {
        connection.Execute(
            "DELETE FROM devices WHERE account = @account AND peer <> @peer",
            ("@account", session.Account.Id), ("@peer", session.Peer.Bits.ToArray()));
        return connection.Query(
            "DELETE FROM sessions WHERE account = @account AND token_hash <> @hash RETURNING token_hash",
            ("@account", session.Account.Id), ("@hash", session.TokenHash)).All(static row => row.GetBlob(0));
    });

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private long Expiry => (time.GetUtcNow() + lifetime).ToUnixTimeMilliseconds();

    // What is opened has no pseudonym yet.
    private Session Insert(
        DbConnection connection, Session opened, SessionOrigin origin, List<byte[]> replaced)
    {
        var (account, key) = (opened.Account, opened.Peer.Bits.ToArray());
        ThrowIfPasswordIsAnother(connection, account, origin);
        var (appPassword, link) = (UseAppPassword(connection, account, origin), UseLink(connection, account, origin));
        connection.Execute("DELETE FROM sessions WHERE expires <= @now", ("@now", Now));
        connection.Execute("DELETE FROM pseudonyms WHERE until <= @now", ("@now", Now));
        var pseudonym = FindPseudonym(connection, account) ?? RandomNumberGenerator.GetBytes(PseudonymSize);
        replaced.AddRange(connection.Query(
            "DELETE FROM sessions WHERE account = @account AND peer = @peer RETURNING token_hash",
            ("@account", account.Id), ("@peer", key)).All(static row => row.GetBlob(0)));
        MakeRoom(connection, account, origin.AppPassword is not null, replaced);
        if (origin.AppPassword is null && origin.Link is null)
            Remember(connection, account, key);

        connection.Execute(
            """
            INSERT INTO sessions (
              token_hash, account, peer, pseudonym, expires, device, created, seen, address, app_password, kind, link)
            VALUES (
              @hash, @account, @peer, @name, @expires, @device, @now, @now, @address, @password, @kind, @link)
            """,
            ("@hash", opened.TokenHash), ("@account", account.Id), ("@peer", key), ("@name", pseudonym),
            ("@expires", Expiry), ("@device", origin.Device ?? ""), ("@now", Now), ("@address", origin.Address ?? ""),
            ("@password", appPassword), ("@kind", (int)opened.Kind), ("@link", link));
        return opened with { Pseudonym = pseudonym };
    }

    // Who proved one that was changed while the login was under way may be whom it was changed for.
    private static void ThrowIfPasswordIsAnother(DbConnection connection, Account account, SessionOrigin origin)
    {
        if (origin.Password is { } hash && !connection.Query(
            "SELECT 1 FROM accounts WHERE id = @account AND password = @hash",
            ("@account", account.Id), ("@hash", hash)).Single(static _ => true))
            throw new AccountException("Another password has been set.");
    }

    // SQLite gives the number of a row that is gone to the next: what was proved is looked for, and not a number.
    private long? UseAppPassword(DbConnection connection, Account account, SessionOrigin origin) =>
        origin.AppPassword is not { } hash ? null : connection.Query(
            "UPDATE app_passwords SET used = @now WHERE account = @account AND code_hash = @hash RETURNING id",
            ("@now", Now), ("@account", account.Id), ("@hash", hash)).Single(static row => (long?)row.GetInt64(0))
            ?? throw new AccountException("The app password has been removed.");

    private long? UseLink(DbConnection connection, Account account, SessionOrigin origin) =>
        origin.Link is not { } identity ? null : connection.Query(
            """
            UPDATE links SET used = @now WHERE account = @account AND issuer = @issuer AND subject = @subject
            RETURNING id
            """,
            ("@now", Now), ("@account", account.Id), ("@issuer", identity.Issuer), ("@subject", identity.Subject))
            .Single(static row => (long?)row.GetInt64(0))
            ?? throw new AccountException("The link has been removed.");

    private static void MakeRoom(DbConnection connection, Account account, bool isOfApps, List<byte[]> replaced)
    {
        var which = isOfApps ? "app_password IS NOT NULL" : "app_password IS NULL";
        replaced.AddRange(connection.Query(
            $"""
            DELETE FROM sessions WHERE account = @account AND {which} AND token_hash NOT IN (
              SELECT token_hash FROM sessions WHERE account = @account AND {which} ORDER BY expires DESC LIMIT @keep)
            RETURNING token_hash
            """,
            ("@account", account.Id),
            ("@keep", (isOfApps ? MaxOfAppPasswords : MaxPerAccount) - 1)).All(static row => row.GetBlob(0)));
    }

    // Who has the account's own password is a client of its own to the throttle.
    private void Remember(DbConnection connection, Account account, byte[] key)
    {
        connection.Execute(
            """
            INSERT INTO devices (account, peer, seen) VALUES (@account, @peer, @now)
            ON CONFLICT (account, peer) DO UPDATE SET seen = excluded.seen
            """,
            ("@account", account.Id), ("@peer", key), ("@now", Now));
        connection.Execute(
            """
            DELETE FROM devices WHERE account = @account AND peer NOT IN (
              SELECT peer FROM devices WHERE account = @account ORDER BY seen DESC LIMIT @keep)
            """,
            ("@account", account.Id), ("@keep", MaxDevices));
    }

    /// <summary>Within a change that is made under a session: it holds still.</summary>
    /// <exception cref="AccountException">It has ended, as by a new password, since it was looked at.</exception>
    internal static void ThrowIfEnded(DbConnection connection, Session session)
    {
        if (!connection.Query("SELECT 1 FROM sessions WHERE token_hash = @hash", ("@hash", session.TokenHash))
            .Single(static _ => true))
            throw new AccountException("Log in again: the session has ended meanwhile.");
    }

    /// <summary>Within a change, keeps what an account is called, in case that its last session is about to end.</summary>
    internal static void KeepPseudonym(DbConnection connection, long account, DateTimeOffset now) => connection.Execute(
        """
        INSERT INTO pseudonyms (account, pseudonym, until)
        SELECT account, pseudonym, @until FROM sessions WHERE account = @account LIMIT 1
        ON CONFLICT (account) DO UPDATE SET pseudonym = excluded.pseudonym, until = excluded.until
        """,
        ("@account", account), ("@until", (now + PseudonymKept).ToUnixTimeMilliseconds()));

    /// <summary>What an account is called, or was until lately.</summary>
    private static byte[]? FindPseudonym(DbConnection connection, Account account) => connection.Query(
        """
        SELECT pseudonym FROM (
          SELECT pseudonym, 0 AS place FROM sessions WHERE account = @account
          UNION ALL SELECT pseudonym, 1 FROM pseudonyms WHERE account = @account) known
        ORDER BY place LIMIT 1
        """,
        ("@account", account.Id)).Single(static row => row.GetBlob(0));

    // Who does not say is of the time when there were desktops alone.
    private static DeviceKind KindOf(SessionOrigin origin) =>
        origin.Kind == DeviceKind.Unspecified ? DeviceKind.Desktop : origin.Kind;
}
