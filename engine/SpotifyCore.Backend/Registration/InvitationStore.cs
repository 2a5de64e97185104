using System.Data.Common;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;

namespace SpotifyCore.Backend.Registration;

/// <summary>
/// Invitations, each good for one account: accounts have a few to give, the operator makes as many as he likes. One that
/// expires before it is taken is forgotten, and may be given anew. Safe for many threads.
/// </summary>
/// <param name="database">Where they are kept.</param>
/// <param name="perAccount">How many an account may give.</param>
/// <param name="lifetime">How long one can be taken.</param>
/// <param name="time">The clock.</param>
public sealed class InvitationStore(
    ServiceDatabase database, int perAccount, TimeSpan lifetime, TimeProvider time)
{
    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Makes one of the operator's; durable when this returns.</summary>
    public GivenInvitation Make() => database.Write(connection => Insert(connection, giver: null));

    /// <summary>The operator's, the latest first.</summary>
    public IReadOnlyList<ListedInvitation> List() => ListOf(giver: null);

    /// <summary>Has an account give one; durable when this returns.</summary>
    /// <exception cref="AccountException">It has none to give any more.</exception>
    internal GivenInvitation Give(Account giver) => database.Write(connection =>
        CountLeft(connection, giver) > 0
            ? Insert(connection, giver.Id)
            : throw new AccountException(perAccount == 0
                ? "Accounts have no invitations to give here."
                : $"The account has no invitation left to give: it had {perAccount}."));

    /// <summary>Those that an account has given, the latest first.</summary>
    internal IReadOnlyList<ListedInvitation> List(Account giver) => ListOf(giver.Id);

    /// <summary>How many an account may still give.</summary>
    internal int CountLeft(Account giver)
    {
        using var connection = database.Open();
        return CountLeft(connection, giver);
    }

    /// <summary>Whether one can be taken.</summary>
    internal static bool IsThere(DbConnection connection, byte[] codeHash, long now) => connection.Query(
        "SELECT 1 FROM invitations WHERE code_hash = @code AND taken IS NULL AND expires > @now",
        ("@code", codeHash), ("@now", now)).Single(static _ => true);

    /// <summary>Takes one, which is there, for an account that was made in the same change.</summary>
    internal static void Take(DbConnection connection, byte[] codeHash, Account taker, long now) => connection.Execute(
        "UPDATE invitations SET taker = @taker, taken = @now WHERE code_hash = @code",
        ("@taker", taker.Id), ("@now", now), ("@code", codeHash));

    // An operator may have set less than was given already.
    private int CountLeft(DbConnection connection, Account giver) => Math.Max(0, perAccount - connection.Query(
        """
        SELECT CAST(count(*) AS INTEGER) FROM invitations
        WHERE giver = @giver AND (taken IS NOT NULL OR expires > @now)
        """,
        ("@giver", giver.Id), ("@now", Now)).Single(static row => row.GetInt32(0)));

    private GivenInvitation Insert(DbConnection connection, long? giver)
    {
        var code = RandomCode.New();
        RandomCode.TryHash(code, out var hash);
        var expires = time.GetUtcNow() + lifetime;
        connection.Execute("DELETE FROM invitations WHERE taken IS NULL AND expires <= @now", ("@now", Now));
        connection.Execute(
            """
            INSERT INTO invitations (code_hash, begins, giver, made, expires)
            VALUES (@code, @begins, @giver, @now, @expires)
            """,
            ("@code", hash), ("@begins", RandomCode.BeginningOf(code)), ("@giver", giver), ("@now", Now),
            ("@expires", expires.ToUnixTimeMilliseconds()));
        return new GivenInvitation(code, expires);
    }

    private IReadOnlyList<ListedInvitation> ListOf(long? giver)
    {
        using var connection = database.Open();
        return connection.Query(
            """
            SELECT i.begins, i.made, i.expires, coalesce(i.taken, 0), coalesce(a.name, '')
            FROM invitations i LEFT JOIN accounts a ON a.id = i.taker
            WHERE i.giver IS NOT DISTINCT FROM @giver AND (i.taken IS NOT NULL OR i.expires > @now)
            ORDER BY i.made DESC, i.begins
            """,
            ("@giver", giver), ("@now", Now))
            .All(static row => new ListedInvitation(row.GetString(0), TimeOf(row, 1), TimeOf(row, 2))
            {
                Taken = row.GetInt64(3) == 0 ? null : TimeOf(row, 3), TakenBy = row.GetString(4),
            });
    }

    private static DateTimeOffset TimeOf(DbDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
