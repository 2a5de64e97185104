using Google.Protobuf;
using SpotifyCore.Backend.Data;
using SpotifyCore.Contracts;
using Session = SpotifyCore.Backend.Accounts.Session;

namespace SpotifyCore.Backend.Playing;

/// <summary>
/// What accounts play, as their devices say it: the latest word of an account is kept. Safe for many threads; what was
/// acknowledged is durable.
/// </summary>
internal sealed class PlaybackStore(ServiceDatabase database, TimeProvider time)
{
    /// <summary>How soon after another an account's playback is not written again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Keeps what a session's device plays, in place of what was kept of the account.</summary>
    /// <returns>False where something was kept just now.</returns>
    public bool TryKeep(Session session, AccountPlayback playback)
    {
        var now = Now;

        // The clock may have been set back.
        return database.Write(connection => connection.Execute(
            """
            INSERT INTO playbacks AS p (account, peer, device, kept, playback)
            VALUES (@account, @peer, @device, @now, @playback)
            ON CONFLICT (account) DO UPDATE SET peer = excluded.peer, device = excluded.device, kept = excluded.kept,
              playback = excluded.playback
            WHERE p.kept <= @now - @pause OR p.kept > @now
            """,
            ("@account", session.Account.Id), ("@peer", session.Peer.Bits.ToArray()), ("@device", session.Device),
            ("@now", now), ("@pause", (long)Pause.TotalMilliseconds), ("@playback", playback.ToByteArray()))) > 0;
    }

    /// <summary>A session's device plays nothing more: what was kept of it goes.</summary>
    public void Forget(Session session) => database.Write(connection => connection.Execute(
        "DELETE FROM playbacks WHERE account = @account AND peer = @peer",
        ("@account", session.Account.Id), ("@peer", session.Peer.Bits.ToArray())));

    /// <summary>What was kept of an account last; null when nothing was.</summary>
    public KeptPlayback? Find(Session session)
    {
        using var connection = database.Open();
        return connection.Query(
            "SELECT playback, device, peer, kept FROM playbacks WHERE account = @account",
            ("@account", session.Account.Id))
            .Single(row => new KeptPlayback
            {
                Playback = AccountPlayback.Parser.ParseFrom(row.GetBlob(0)),
                Device = row.GetString(1),
                Client = ByteString.CopyFrom(row.GetBlob(2)),
                AgeMs = Math.Max(0, Now - row.GetInt64(3)),
            });
    }
}
