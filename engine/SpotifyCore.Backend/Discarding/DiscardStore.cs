using System.Data.Common;
using SpotifyCore.Backend.Data;

namespace SpotifyCore.Backend.Discarding;

/// <summary>
/// The files of sounds that no track has shown for longer than a grace time: masters may delete them, unless an import is
/// bringing the sound back. Safe for many threads.
/// </summary>
/// <param name="database">Where it rests.</param>
/// <param name="grace">How long what nothing shows is kept.</param>
/// <param name="time">The clock of that.</param>
internal sealed class DiscardStore(ServiceDatabase database, TimeSpan grace, TimeProvider time)
{
    // A track that was made one with another shows its sound again when that goes.
    private const string IsUsed = """
        EXISTS (SELECT 1 FROM tracks t LEFT JOIN mended_tracks m ON m.track = t.track
          WHERE t.recording = recordings.id AND m.removed IS NULL)
        """;

    private const int SoundsAtOnce = 500;

    // An import that takes longer between its question and its end finds the files gone, and says so.
    private static readonly TimeSpan ClaimTime = TimeSpan.FromDays(7);

    /// <summary>
    /// Notes what nothing shows any more, and lets the files of sounds go that nothing has shown for the grace time: from
    /// then on the catalogue has no files of them, and no undo brings them back.
    /// </summary>
    /// <returns>How many files were let go.</returns>
    public int Sweep()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var count = 0;
        int some;
        do
        {
            some = database.WriteCatalogue(connection => Sweep(connection, now));
            count += some;
        }
        while (some > 0);

        return count;
    }

    /// <summary>
    /// An import has the sound, or is about to bring its files: if nothing shows it, the grace time begins anew, and files
    /// that were let go are not to be deleted.
    /// </summary>
    /// <returns>Whether nothing shows it, or did not when that was last looked at.</returns>
    public bool Claim(string recording)
    {
        using (var connection = database.Open())
        {
            var isKept = !connection.Query(
                """
                SELECT 1 FROM recordings WHERE recording = @recording AND idle IS NOT NULL
                UNION ALL SELECT 1 FROM discards WHERE recording = @recording
                """,
                ("@recording", recording)).Single(static _ => true);
            if (isKept)
                return false;
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return database.WriteCatalogue(connection =>
        {
            connection.Execute(
                "UPDATE recordings SET idle = @now WHERE recording = @recording AND idle IS NOT NULL",
                ("@now", now), ("@recording", recording));
            connection.Execute(
                "UPDATE discards SET claimed = @now WHERE recording = @recording",
                ("@now", now), ("@recording", recording));
            return true;
        });
    }

    /// <summary>Whether a file may be deleted now.</summary>
    public bool MayDiscard(byte[] file)
    {
        using var connection = database.Open();
        return connection.Query(
            "SELECT 1 FROM discards WHERE file = @file AND claimed IS NULL", ("@file", file)).Single(static _ => true);
    }

    /// <summary>Files that may be deleted whose ids come after one, in order.</summary>
    public List<byte[]> List(byte[] after, int limit)
    {
        using var connection = database.Open();
        return connection.Query(
            "SELECT file FROM discards WHERE file > @after AND claimed IS NULL ORDER BY file LIMIT @limit",
            ("@after", after), ("@limit", limit)).All(static row => row.GetBlob(0));
    }

    private int Sweep(DbConnection connection, long now)
    {
        connection.Execute($"UPDATE recordings SET idle = NULL WHERE idle IS NOT NULL AND {IsUsed}");
        connection.Execute($"UPDATE recordings SET idle = @now WHERE idle IS NULL AND NOT {IsUsed}", ("@now", now));
        connection.Execute(
            "UPDATE discards SET claimed = NULL WHERE claimed < @last",
            ("@last", now - (long)ClaimTime.TotalMilliseconds));
        var idle = connection.Query(
            """
            SELECT id FROM recordings r WHERE idle <= @last AND EXISTS (SELECT 1 FROM files f WHERE f.recording = r.id)
            ORDER BY id LIMIT @limit
            """,
            ("@last", now - (long)grace.TotalMilliseconds), ("@limit", SoundsAtOnce))
            .All(static row => row.GetInt64(0));
        return idle.Sum(recording => LetGo(connection, recording));
    }

    private static int LetGo(DbConnection connection, long recording)
    {
        connection.Execute(
            """
            INSERT INTO discards (file, recording)
            SELECT DISTINCT f.file, r.recording FROM files f JOIN recordings r ON r.id = f.recording
            WHERE r.id = @recording AND NOT EXISTS (
              SELECT 1 FROM files o WHERE o.file = f.file AND o.recording <> f.recording)
            ON CONFLICT (file) DO UPDATE SET claimed = NULL
            """,
            ("@recording", recording));
        connection.Execute("DELETE FROM encodings WHERE recording = @recording", ("@recording", recording));
        return connection.Execute("DELETE FROM files WHERE recording = @recording", ("@recording", recording));
    }
}
