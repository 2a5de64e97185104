using System.Data.Common;
using SpotifyCore.Backend.Data;

namespace SpotifyCore.Backend.Discarding;

/// <summary>
/// The files of sounds that no track has shown for longer than a grace time, and that are no adverts: masters may delete
/// them, unless an import is bringing the sound back. Safe for many threads.
/// </summary>
/// <param name="database">Where it rests.</param>
/// <param name="grace">How long what nothing shows is kept.</param>
/// <param name="time">The clock of that.</param>
internal sealed class DiscardStore(ServiceDatabase database, TimeSpan grace, TimeProvider time)
{
    // A track that was made one with another shows its sound again when that goes. As two that are not there PostgreSQL
    // knows how many to expect; of tracks beside what may be mended of them it would expect far too few.
    private const string IsShown = """
        EXISTS (SELECT 1 FROM tracks t WHERE t.recording = recordings.id AND NOT EXISTS (
          SELECT 1 FROM mended_tracks m WHERE m.track = t.track AND m.removed IS NOT NULL))
        """;

    private const string IsAdvert = "EXISTS (SELECT 1 FROM adverts a WHERE a.recording = recordings.id)";

    // What becomes an advert is noted no more by whoever makes it one.
    private const string IsUnnoted = $"idle IS NULL AND NOT {IsShown} AND NOT {IsAdvert}";
    private const string IsNotedInVain = $"idle IS NOT NULL AND {IsShown}";

    private const string Overdue = """
        SELECT id FROM recordings r WHERE idle <= @last AND EXISTS (SELECT 1 FROM files f WHERE f.recording = r.id)
        ORDER BY id LIMIT @limit
        """;

    // Imports wait while so many are changed.
    private const int SoundsAtOnce = 500;

    // An import that takes longer between its question and its end finds the files gone, and says so.
    private static readonly TimeSpan ClaimTime = TimeSpan.FromDays(7);

    /// <summary>
    /// The statements that look through all sounds. They ask for all at once and in any order: for the first few PostgreSQL
    /// would go through all tracks for each sound.
    /// </summary>
    internal static IReadOnlyList<string> Lookings { get; } = [Looking(IsNotedInVain), Looking(IsUnnoted)];

    /// <summary>
    /// Notes what nothing shows any more, and lets the files of sounds go that nothing has shown for the grace time: from
    /// then on the catalogue has no files of them, and no undo brings them back.
    /// </summary>
    /// <returns>How many files were let go.</returns>
    public int Sweep()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        Note(IsNotedInVain, null);
        Note(IsUnnoted, now);
        EndClaims(now - (long)ClaimTime.TotalMilliseconds);
        var count = 0;
        int some;
        do
        {
            some = LetGo(now - (long)grace.TotalMilliseconds);
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

    private static string Looking(string which) => $"SELECT id FROM recordings WHERE {which}";

    // All sounds are looked through by reading, for which no import waits. What is found to need a note gets it in
    // short turns among those who change the catalogue, if it still needs it then.
    private void Note(string which, long? idle)
    {
        foreach (var some in Find(which).Chunk(SoundsAtOnce))
        {
            database.WriteCatalogue(connection => some.Sum(recording => connection.Execute(
                $"UPDATE recordings SET idle = @idle WHERE id = @id AND {which}", ("@idle", idle), ("@id", recording))));
        }
    }

    private List<long> Find(string which)
    {
        using var connection = database.Open();
        return connection.Query(Looking(which)).All(static row => row.GetInt64(0));
    }

    private void EndClaims(long last)
    {
        using (var connection = database.Open())
        {
            var query = connection.Query("SELECT 1 FROM discards WHERE claimed < @last", ("@last", last));
            if (!query.Single(static _ => true))
                return;
        }

        database.WriteCatalogue(connection => connection.Execute(
            "UPDATE discards SET claimed = NULL WHERE claimed < @last", ("@last", last)));
    }

    private int LetGo(long last)
    {
        using (var connection = database.Open())
        {
            if (FindOverdue(connection, last).Count == 0)
                return 0;
        }

        return database.WriteCatalogue(connection =>
            FindOverdue(connection, last).Sum(recording => LetGo(connection, recording)));
    }

    private static List<long> FindOverdue(DbConnection connection, long last) =>
        connection.Query(Overdue, ("@last", last), ("@limit", SoundsAtOnce)).All(static row => row.GetInt64(0));

    private static int LetGo(DbConnection connection, long recording)
    {
        var isShown = connection.Execute(
            $"UPDATE recordings SET idle = NULL WHERE id = @recording AND ({IsShown} OR {IsAdvert})",
            ("@recording", recording)) > 0;
        if (isShown)
            return 0;

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
