using System.Data.Common;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;
using SpotifyCore.Content.Identity;
using Session = SpotifyCore.Backend.Accounts.Session;

namespace SpotifyCore.Backend.Offline;

/// <summary>
/// Which tracks accounts keep on which of their devices, for times without a network. A device begins with its first track
/// and ends with its last. Safe for many threads; what was acknowledged is durable.
/// </summary>
internal sealed class OfflineStore(ServiceDatabase database, TimeProvider time)
{
    /// <summary>Most devices of an account.</summary>
    public const int MaxDevices = 3;

    /// <summary>Most tracks of a device.</summary>
    public const int MaxTracks = 3_333;

    /// <summary>For how long a device may play what it keeps without being in touch.</summary>
    public static readonly TimeSpan RightHolds = TimeSpan.FromDays(30);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>
    /// A device keeps these tracks too, all or none. One whose right has run out makes room for another device.
    /// </summary>
    public KeepOutcome Keep(Session session, IEnumerable<string> tracks) => database.Write(connection =>
    {
        var device = FindDevice(connection, session);
        string[] kept = device is { } known ? [.. TracksOf(connection, known)] : [];
        string[] added = [.. tracks.Except(kept, StringComparer.Ordinal)];
        if (kept.Length + added.Length > MaxTracks)
            return KeepOutcome.TooManyTracks;

        if ((device ?? TryAddDevice(connection, session)) is not { } id)
            return KeepOutcome.TooManyDevices;

        NoteSeen(connection, id);
        foreach (var track in added)
        {
            connection.Execute(
                "INSERT INTO offline_tracks (device, track) VALUES (@device, @track)", ("@device", id), ("@track", track));
        }

        return KeepOutcome.Kept;
    });

    /// <summary>A device keeps these tracks no more.</summary>
    /// <returns>How many it keeps still.</returns>
    public int GiveUp(Session session, IEnumerable<string> tracks) => database.Write(connection =>
    {
        if (FindDevice(connection, session) is not { } device)
            return 0;

        foreach (var track in tracks)
        {
            connection.Execute(
                "DELETE FROM offline_tracks WHERE device = @device AND track = @track",
                ("@device", device), ("@track", track));
        }

        var left = TracksOf(connection, device).Count;
        if (left == 0)
            connection.Execute("DELETE FROM offline_devices WHERE id = @device", ("@device", device));

        return left;
    });

    /// <summary>Whether the client's device keeps a track for its account.</summary>
    public bool Keeps(Session session, TrackId track)
    {
        using var connection = database.Open();
        return connection.Query(
            """
            SELECT 1 FROM offline_devices d JOIN offline_tracks t ON t.device = d.id
            WHERE d.account = @account AND d.peer = @peer AND t.track = @track
            """,
            ("@account", session.Account.Id), ("@peer", session.Peer.Bits.ToArray()), ("@track", track.ToString()))
            .Single(static _ => true);
    }

    /// <summary>A device has been in touch.</summary>
    /// <returns>The tracks that it keeps; null where it is none of the account's.</returns>
    public IReadOnlyList<string>? Renew(Session session) => database.Write(connection =>
    {
        if (FindDevice(connection, session) is not { } device)
            return null;

        NoteSeen(connection, device);
        return TracksOf(connection, device);
    });

    /// <summary>How many tracks the client's device keeps.</summary>
    public int CountTracks(Session session) =>
        List(session.Account).Where(device => device.Peer == session.Peer).Sum(static device => device.Tracks);

    /// <summary>The devices of an account, the latest seen first.</summary>
    public IReadOnlyList<KeepingDevice> List(Account account)
    {
        using var connection = database.Open();
        return connection.Query(
            """
            SELECT d.peer, d.device, d.since, d.seen,
              (SELECT CAST(count(*) AS INTEGER) FROM offline_tracks t WHERE t.device = d.id)
            FROM offline_devices d WHERE d.account = @account ORDER BY d.seen DESC, d.id
            """,
            ("@account", account.Id))
            .All(static row => new KeepingDevice(
                PeerId.Read(row.GetBlob(0)), row.GetString(1), row.GetInt32(4), row.GetInt64(2), row.GetInt64(3)));
    }

    /// <summary>Ends a device of an account, with all that it keeps; false where there is none such.</summary>
    public bool End(Account account, PeerId peer) => database.Write(connection => connection.Execute(
        "DELETE FROM offline_devices WHERE account = @account AND peer = @peer",
        ("@account", account.Id), ("@peer", peer.Bits.ToArray()))) > 0;

    private static long? FindDevice(DbConnection connection, Session session) => connection.Query(
        "SELECT id FROM offline_devices WHERE account = @account AND peer = @peer",
        ("@account", session.Account.Id), ("@peer", session.Peer.Bits.ToArray())).Single(static row => (long?)row.GetInt64(0));

    private static List<string> TracksOf(DbConnection connection, long device) => connection.Query(
        "SELECT track FROM offline_tracks WHERE device = @device ORDER BY track", ("@device", device))
        .All(static row => row.GetString(0));

    private long? TryAddDevice(DbConnection connection, Session session)
    {
        connection.Execute(
            "DELETE FROM offline_devices WHERE account = @account AND seen <= @over",
            ("@account", session.Account.Id), ("@over", Now - (long)RightHolds.TotalMilliseconds));
        return connection.Query(
            """
            INSERT INTO offline_devices (account, peer, device, since, seen)
            SELECT @account, @peer, @device, @now, @now
            WHERE (SELECT count(*) FROM offline_devices WHERE account = @account) < @most
            RETURNING id
            """,
            ("@account", session.Account.Id), ("@peer", session.Peer.Bits.ToArray()), ("@device", session.Device),
            ("@now", Now), ("@most", MaxDevices)).Single(static row => (long?)row.GetInt64(0));
    }

    private void NoteSeen(DbConnection connection, long device) => connection.Execute(
        "UPDATE offline_devices SET seen = @now WHERE id = @device", ("@now", Now), ("@device", device));
}
