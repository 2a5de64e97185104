using System.Globalization;
using System.Data.Common;
using SpotifyCore.Backend.Data;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>What is mended by hand on tracks and releases, within one transaction.</summary>
internal sealed class MendTable(DbConnection connection)
{
    /// <summary>Whether an id has the form of a track's; else it is a release's.</summary>
    public static bool IsTrack(string id) => TrackId.TryParse(id, out _);

    /// <summary>A field as text; null where it is as the tags say.</summary>
    public string? Read(string id, MendedField field)
    {
        var (table, key) = TableOf(id);
        var column = ColumnOf(field);
        return connection.Query(
            $"SELECT CAST({column} AS TEXT) FROM {table} WHERE {key} = @id AND {column} IS NOT NULL", ("@id", id))
            .Single(static row => row.GetString(0));
    }

    /// <summary>Makes a field what a librarian says; null for what the tags say.</summary>
    public void Put(string id, MendedField field, string? value)
    {
        var (table, key) = TableOf(id);
        connection.Execute($"INSERT INTO {table} ({key}) VALUES (@id) ON CONFLICT DO NOTHING", ("@id", id));
        connection.Execute(
            $"UPDATE {table} SET {ColumnOf(field)} = @value WHERE {key} = @id",
            ("@id", id), ("@value", Typed(field, value)));
        var rest = IsTrack(id) ? " AND disc IS NULL AND number IS NULL AND release IS NULL AND removed IS NULL" : "";
        connection.Execute(
            $"""
            DELETE FROM {table} WHERE {key} = @id AND title IS NULL AND artists IS NULL AND year IS NULL
              AND genre IS NULL AND merged IS NULL{rest}
            """,
            ("@id", id));
    }

    /// <summary>
    /// A track that shows a sound in place of another has what was mended on that, unless something is mended on it; and
    /// what undoes it there undoes it here.
    /// </summary>
    /// <param name="former">Row of the track that was mended.</param>
    /// <param name="track">Row of the other.</param>
    /// <param name="isNew">Whether it was not there before: then it is taken out too where the former is.</param>
    /// <returns>Whether anything is.</returns>
    public bool Inherit(long former, long track, bool isNew)
    {
        var inherited = connection.Execute(
            """
            INSERT INTO mended_tracks (track, title, artists, disc, number, year, genre, release, merged, removed)
            SELECT n.track, m.title, m.artists, m.disc, m.number, m.year, m.genre, m.release,
              CASE WHEN @new = 1 THEN m.merged END, CASE WHEN @new = 1 THEN m.removed END
            FROM mended_tracks m JOIN tracks f ON f.track = m.track JOIN tracks n ON n.recording = f.recording
            WHERE f.id = @former AND n.id = @track
            ON CONFLICT DO NOTHING
            """,
            ("@former", former), ("@track", track), ("@new", isNew ? 1 : 0));
        if (inherited == 0)
            return false;

        connection.Execute(
            """
            INSERT INTO mend_values (mend, id, field, before, after)
            SELECT v.mend, n.track, v.field, v.before, v.after
            FROM mend_values v JOIN tracks f ON f.track = v.id, tracks n
            WHERE f.id = @former AND n.id = @track AND (@new = 1 OR v.field NOT IN ('merged', 'removed'))
            ON CONFLICT DO NOTHING
            """,
            ("@former", former), ("@track", track), ("@new", isNew ? 1 : 0));
        return true;
    }

    /// <summary>The row of the track that a track is one with; null where it stands for itself.</summary>
    public long? MergedInto(long track) => connection.Query(
        """
        SELECT n.id FROM tracks t JOIN mended_tracks m ON m.track = t.track JOIN tracks n ON n.track = m.merged
        WHERE t.id = @track
        """,
        ("@track", track))
        .Single(static row => (long?)row.GetInt64(0));

    /// <summary>The row of the release that a track was put on by hand; null where it was put on none.</summary>
    public long? PutOn(long track) => connection.Query(
        """
        SELECT a.id FROM tracks t JOIN mended_tracks m ON m.track = t.track JOIN albums a ON a.album = m.release
        WHERE t.id = @track
        """,
        ("@track", track))
        .Single(static row => (long?)row.GetInt64(0));

    /// <summary>Whether a track, or the one that it is one with, was taken out by hand.</summary>
    public bool IsRemoved(long track) => connection.Query(
        """
        SELECT 1 FROM tracks t JOIN mended_tracks m ON m.track = t.track LEFT JOIN mended_tracks w ON w.track = m.merged
        WHERE t.id = @track AND coalesce(m.removed, w.removed) IS NOT NULL
        """,
        ("@track", track))
        .Single(static _ => true);

    /// <summary>
    /// A track leaves the catalogue: those that were made one with it are so with its heir, or stand for themselves.
    /// </summary>
    public void Unmerge(long track, long? heir)
    {
        var freed = connection.Query(
            """
            UPDATE mended_tracks SET merged = (SELECT h.track FROM tracks h WHERE h.id = @heir AND h.hidden = 0
              AND h.track <> mended_tracks.track)
            WHERE merged = (SELECT t.track FROM tracks t WHERE t.id = @track)
            RETURNING track
            """,
            ("@track", track), ("@heir", heir))
            .All(static row => row.GetString(0));
        foreach (var one in freed)
        {
            var row = connection.Query("SELECT id FROM tracks WHERE track = @track", ("@track", one))
                .Single(static found => found.GetInt64(0));
            ShownTracks.Refresh(connection, row);
            ChangeNumbers.Renumber(connection, row);
        }
    }

    private static (string Table, string Key) TableOf(string id) =>
        IsTrack(id) ? ("mended_tracks", "track") : ("mended_releases", "release");

    /// <summary>The name of a field, which is that of its column.</summary>
    public static string ColumnOf(MendedField field) => field switch
    {
        MendedField.Title => "title",
        MendedField.Artists => "artists",
        MendedField.Disc => "disc",
        MendedField.Number => "number",
        MendedField.Year => "year",
        MendedField.Genre => "genre",
        MendedField.Release => "release",
        MendedField.Merged => "merged",
        MendedField.Removed => "removed",
        MendedField.Made => "made",
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };

    private static object? Typed(MendedField field, string? value) => value is not null
        && field is MendedField.Disc or MendedField.Number or MendedField.Year or MendedField.Removed
            ? long.Parse(value, CultureInfo.InvariantCulture)
            : value;
}
