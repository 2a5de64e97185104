using System.Data.Common;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Data;

namespace SpotifyCore.Backend.Mending;

/// <summary>Tracks and releases as those see them who mend: hidden ones too, with what the tags say.</summary>
internal sealed class EntryTable(DbConnection connection)
{
    private const int MostTracks = 2_000;

    private const string SelectTrack = """
        SELECT t.id, t.track, r.recording, r.duration_ms,
          t.plays + (SELECT CAST(coalesce(sum(x.plays), 0) AS BIGINT)
            FROM mended_tracks w JOIN tracks x ON x.track = w.track WHERE w.merged = t.track),
          m.removed, m.merged, a.album, coalesce(n.title, a.title), coalesce(n.artists, a.artists),
          coalesce(q.merged, o.album), o.title, o.artists, n.year, n.genre, m.release,
          t.title, t.artists, t.disc, t.number, t.year, t.genre,
          m.title, m.artists, m.disc, m.number, m.year, m.genre
        FROM tracks t JOIN recordings r ON r.id = t.recording
          LEFT JOIN mended_tracks m ON m.track = t.track
          LEFT JOIN albums o ON o.id = t.album LEFT JOIN mended_releases q ON q.release = o.album
          LEFT JOIN albums a ON a.id = coalesce(t.shown, t.album) LEFT JOIN mended_releases n ON n.release = a.album
        """;

    private const string SelectRelease = """
        SELECT a.id, a.album, a.title, a.artists, n.title, n.artists, n.year, n.genre, n.merged,
          (SELECT CAST(count(*) AS INTEGER) FROM tracks t WHERE t.shown = a.id),
          coalesce((SELECT min(t.year) FROM tracks t WHERE t.shown = a.id AND t.year > 0), 0)
        FROM albums a LEFT JOIN mended_releases n ON n.release = a.album
        """;

    // Where the told values of a track begin, and where the mended.
    private const int Told = 16;
    private const int Mended = 22;

    private static readonly string[] Fields = ["title", "artists", "disc", "number", "year", "genre"];

    /// <summary>A track, whether it is shown or not; null where there is none.</summary>
    public TrackEntry? FindTrack(string id) =>
        connection.Query($"{SelectTrack} WHERE t.track = @id", ("@id", id)).Single(ReadTrack);

    /// <summary>A release, whether it is shown or not; null where there is none.</summary>
    public ReleaseEntry? FindRelease(string id) =>
        connection.Query($"{SelectRelease} WHERE a.album = @id", ("@id", id)).Single(ReadRelease);

    /// <summary>Those whose ids begin so, in order.</summary>
    public List<TrackEntry> TracksLike(string prefix, int limit) => connection.Query(
        $"{SelectTrack} WHERE t.track >= @from AND t.track < @end ORDER BY t.track LIMIT @limit",
        ("@from", prefix), ("@end", After(prefix)), ("@limit", limit)).All(ReadTrack);

    /// <summary>Those whose ids begin so, in order.</summary>
    public List<ReleaseEntry> ReleasesLike(string prefix, int limit) => connection.Query(
        $"{SelectRelease} WHERE a.album >= @from AND a.album < @end ORDER BY a.album LIMIT @limit",
        ("@from", prefix), ("@end", After(prefix)), ("@limit", limit)).All(ReadRelease);

    /// <summary>The releases that show something, by title.</summary>
    public List<ReleaseEntry> ListReleases(int offset, int limit) => connection.Query(
        $"""
        {SelectRelease} WHERE EXISTS (SELECT 1 FROM tracks t WHERE t.shown = a.id)
        ORDER BY lower(coalesce(n.title, a.title)), a.album LIMIT @limit OFFSET @offset
        """,
        ("@limit", limit), ("@offset", offset)).All(ReadRelease);

    /// <summary>Those of just that title that show something.</summary>
    public List<ReleaseEntry> ReleasesCalled(string title) => connection.Query(
        $"""
        {SelectRelease} WHERE coalesce(n.title, a.title) = @title
          AND EXISTS (SELECT 1 FROM tracks t WHERE t.shown = a.id)
        ORDER BY a.id LIMIT 100
        """,
        ("@title", title)).All(ReadRelease);

    /// <summary>What a release shows, in order, then what was taken out of it by hand.</summary>
    public List<TrackEntry> TracksOf(ReleaseEntry release) => connection.Query(
        $"""
        {SelectTrack} WHERE t.shown = @row OR (m.removed IS NOT NULL
          AND coalesce(m.release, q.merged, o.album) = @id)
        ORDER BY t.hidden, coalesce(m.disc, t.disc), coalesce(m.number, t.number),
          (SELECT min(s.name) FROM sources s WHERE s.track = t.id), t.id LIMIT {MostTracks}
        """,
        ("@row", release.Row), ("@id", release.Id)).All(ReadTrack);

    /// <summary>The ids of all that a release shows.</summary>
    public List<string> ShownOn(long release) => connection.Query(
        "SELECT track FROM tracks WHERE shown = @release ORDER BY id", ("@release", release))
        .All(static row => row.GetString(0));

    /// <summary>The tracks that were made one with a track.</summary>
    public List<TrackEntry> MergedWithTrack(string id) => connection.Query(
        $"{SelectTrack} WHERE m.merged = @id ORDER BY t.id LIMIT {MostTracks}", ("@id", id)).All(ReadTrack);

    /// <summary>The releases that were made one with a release.</summary>
    public List<ReleaseEntry> MergedWithRelease(string id) => connection.Query(
        $"{SelectRelease} WHERE n.merged = @id ORDER BY a.id LIMIT {MostTracks}", ("@id", id)).All(ReadRelease);

    /// <summary>The ids of the tracks that were put on a release by hand.</summary>
    public List<(string Track, string ToldRelease)> PutOn(string release) => connection.Query(
        """
        SELECT m.track, coalesce(q.merged, o.album, '') FROM mended_tracks m JOIN tracks t ON t.track = m.track
          LEFT JOIN albums o ON o.id = t.album LEFT JOIN mended_releases q ON q.release = o.album
        WHERE m.release = @release ORDER BY t.id
        """,
        ("@release", release)).All(static row => (row.GetString(0), row.GetString(1)));

    /// <summary>The rows of the tracks that what is mended on a track or release bears upon.</summary>
    public List<long> RowsUnder(string id) => MendTable.IsTrack(id)
        ? connection.Query("SELECT id FROM tracks WHERE track = @id", ("@id", id)).All(static row => row.GetInt64(0))
        : connection.Query(
            """
            SELECT t.id FROM albums a JOIN tracks t ON t.album = a.id WHERE a.album = @id
            UNION SELECT t.id FROM albums a JOIN tracks t ON t.shown = a.id WHERE a.album = @id
            """,
            ("@id", id)).All(static row => row.GetInt64(0));

    /// <summary>Whether the files of a track's sound are still there.</summary>
    public bool HasFiles(string track) => connection.Query(
        "SELECT 1 FROM tracks t JOIN files f ON f.recording = t.recording WHERE t.track = @track", ("@track", track))
        .Single(static _ => true);

    /// <summary>Whether there is such a track or release.</summary>
    public bool IsThere(string id) => connection.Query(
        "SELECT 1 FROM tracks WHERE track = @id UNION ALL SELECT 1 FROM albums WHERE album = @id", ("@id", id))
        .Single(static _ => true);

    // Behind all that begin so: ids have no sign as high as the one behind 'z'.
    private static string After(string prefix) => prefix + '{';

    private static TrackEntry ReadTrack(DbDataReader row)
    {
        List<string> mended = [.. Fields.Where((_, i) => !row.IsDBNull(Mended + i))];
        if (!row.IsDBNull(15))
            mended.Add("album");

        var told = new TrackValues(
            row.GetString(Told), row.GetString(Told + 1), row.GetInt32(Told + 2), row.GetInt32(Told + 3),
            row.GetInt32(Told + 4), row.GetString(Told + 5));
        return new TrackEntry(row.GetInt64(0), row.GetString(1))
        {
            Told = told,
            Shown = new TrackValues(
                Text(row, Mended) ?? told.Title,
                Text(row, Mended + 1) ?? told.Artists,
                Number(row, Mended + 2) ?? told.Disc,
                Number(row, Mended + 3) ?? told.Number,
                Number(row, Mended + 4) ?? Number(row, 13) ?? told.Year,
                Text(row, Mended + 5) ?? Text(row, 14) ?? told.Genre),
            Recording = row.GetString(2),
            Milliseconds = row.GetInt32(3),
            Plays = row.GetInt64(4),
            Removed = row.IsDBNull(5) ? 0 : row.GetInt64(5),
            Merged = Text(row, 6) ?? "",
            Release = Text(row, 7) ?? "",
            ReleaseTitle = Text(row, 8) ?? "",
            ReleaseArtists = Text(row, 9) ?? "",
            ToldRelease = Text(row, 10) ?? "",
            ToldReleaseTitle = Text(row, 11) ?? "",
            ToldReleaseArtists = Text(row, 12) ?? "",
            Mended = mended,
        };
    }

    private static ReleaseEntry ReadRelease(DbDataReader row)
    {
        string[] fields = ["title", "artists", "year", "genre"];
        return new ReleaseEntry(
            row.GetInt64(0), row.GetString(1), Text(row, 4) ?? row.GetString(2), Text(row, 5) ?? row.GetString(3))
        {
            ToldTitle = row.GetString(2),
            ToldArtists = row.GetString(3),
            Year = Number(row, 6) ?? row.GetInt32(10),
            Genre = Text(row, 7) ?? "",
            Merged = Text(row, 8) ?? "",
            Tracks = row.GetInt32(9),
            Mended = [.. fields.Where((_, i) => !row.IsDBNull(4 + i))],
        };
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static int? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
}
