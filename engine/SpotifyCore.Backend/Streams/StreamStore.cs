using System.Data.Common;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;

namespace SpotifyCore.Backend.Streams;

/// <summary>
/// Which device has each account's stream, among all access points that share the database. What nobody says any more is
/// over by time: an access point may have ended. Safe for many threads.
/// </summary>
internal sealed class StreamStore(ServiceDatabase database, TimeProvider time)
{
    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Who has an account's stream, or had it last; null where nobody ever had.</summary>
    public StreamHolder? Find(long account)
    {
        using var connection = database.Open();
        return Find(connection, account, Now);
    }

    /// <summary>Gives a session's device the account's stream, unless another one keeps it.</summary>
    public StreamTaking Take(Session session, StreamWish wish)
    {
        // Most go on where they are, or are kept off: for them nothing is written, and nobody waits.
        var now = Now;
        return Settle(Find(session.Account.Id), session, wish, now) ?? database.Write(connection =>
        {
            var holder = Find(connection, session.Account.Id, now);
            return Settle(holder, session, wish, now) ?? Move(connection, holder, session, wish, now);
        });
    }

    /// <summary>A session's device plays still what it took the stream by.</summary>
    public void Renew(Session session, long number) => database.Write(connection => connection.Execute(
        """
        UPDATE streams SET until = @until WHERE account = @account AND session = @session AND number = @number
        """,
        ("@until", Now + StreamRules.PlayingFor), ("@account", session.Account.Id), ("@session", session.TokenHash),
        ("@number", number)));

    /// <summary>
    /// A session's device plays no more what it took the stream by: nobody has it then, unless it was taken since, as by
    /// the same device that came online anew.
    /// </summary>
    public void Release(Session session, long number) => database.Write(connection => connection.Execute(
        "UPDATE streams SET until = 0 WHERE account = @account AND session = @session AND number = @number",
        ("@account", session.Account.Id), ("@session", session.TokenHash), ("@number", number)));

    /// <summary>What needs no change; null where something is to be changed.</summary>
    private static StreamTaking? Settle(StreamHolder? holder, Session session, StreamWish wish, long now)
    {
        if (holder is null)
            return null;
        if (!holder.Is(session))
            return StreamRules.Keeps(holder, wish, now) ? new StreamTaking(0, holder) : null;

        // Its own: by a track it has it no less than before, and again once half of the time is over.
        var isSettled = wish == StreamWish.Prepare
            || (wish is StreamWish.OpenOn or StreamWish.Open
                && holder.State >= StreamRules.StateAfter(wish)
                && holder.Until > now + (StreamRules.OpenedFor / 2));
        return isSettled ? new StreamTaking(holder.Number, null) : null;
    }

    private StreamTaking Move(DbConnection connection, StreamHolder? holder, Session session, StreamWish wish, long now)
    {
        var isOwn = holder?.Is(session) == true;
        if (holder is { TokenHash.Length: > 0 } && !isOwn && !Charge(connection, session, now))
            return new StreamTaking(0, holder) { IsTooOften = true };

        var (state, until) = (StreamRules.StateAfter(wish), StreamRules.UntilAfter(wish, now));
        if (isOwn && holder!.Until > now)
            (state, until) = (Max(state, holder.State), Math.Max(until, holder.Until));

        // A number is of one presence of a device that plays, or of a device that opens. Who prepares has none.
        var isNew = wish is StreamWish.Play or StreamWish.PlayOn || (!isOwn && wish != StreamWish.Prepare);
        var number = connection.Query(
            """
            INSERT INTO streams (account, session, number, state, until)
            SELECT account, token_hash, 1, @state, @until FROM sessions WHERE token_hash = @session
            ON CONFLICT (account) DO UPDATE SET
              session = excluded.session, number = streams.number + @step, state = excluded.state, until = excluded.until
            RETURNING number
            """,
            ("@state", (int)state), ("@until", until), ("@session", session.TokenHash), ("@step", isNew ? 1 : 0))
            .Single(static row => row.GetInt64(0));
        var isMoved = holder is not null && !isOwn;
        if (isMoved && isNew)
            database.TellTaken(connection, session.Account.Id);

        return new StreamTaking(number, null) { IsMoved = isMoved };
    }

    // So many at once, and then as fast as they are forgotten: each is a while of its own, after those before it.
    private static bool Charge(DbConnection connection, Session session, long now) => connection.Execute(
        """
        UPDATE sessions SET takings = CASE WHEN takings > @now THEN takings ELSE @now END + @each
        WHERE token_hash = @session AND takings <= @latest
        """,
        ("@now", now), ("@each", StreamRules.TakingEach), ("@session", session.TokenHash),
        ("@latest", now + ((StreamRules.Takings - 1) * StreamRules.TakingEach))) > 0;

    private static StreamState Max(StreamState one, StreamState other) => one > other ? one : other;

    private static StreamHolder? Find(DbConnection connection, long account, long now) => connection.Query(
        """
        SELECT s.token_hash, s.device, t.number, t.state, t.until
        FROM streams t LEFT JOIN sessions s ON s.token_hash = t.session AND s.expires > @now
        WHERE t.account = @account
        """,
        ("@account", account), ("@now", now))
        .Single(static row => row.IsDBNull(0)
            ? new StreamHolder([], "", row.GetInt64(2), StreamState.Opened, Until: 0)
            : new StreamHolder(
                row.GetBlob(0), row.GetString(1), row.GetInt64(2), (StreamState)row.GetInt32(3), row.GetInt64(4)));
}
