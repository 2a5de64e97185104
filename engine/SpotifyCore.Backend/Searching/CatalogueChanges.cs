using System.Data.Common;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Search.Indexing;

namespace SpotifyCore.Backend.Searching;

/// <summary>The catalogue's tracks as a search has them, by their changes. Safe for many threads.</summary>
internal sealed class CatalogueChanges(ServiceDatabase database)
{
    private const string Select = """
        SELECT t.track, coalesce(m.title, t.title), coalesce(m.artists, t.artists),
          coalesce(n.title, a.title, ''), coalesce(n.artists, a.artists, ''), coalesce(m.year, n.year, t.year),
          coalesce(m.genre, n.genre, t.genre),
          t.plays + (SELECT CAST(coalesce(sum(o.plays), 0) AS BIGINT)
            FROM mended_tracks w JOIN tracks o ON o.track = w.track WHERE w.merged = t.track),
          t.change, coalesce(a.album, ''), t.id, t.hidden
        FROM tracks t LEFT JOIN albums a ON a.id = t.shown
          LEFT JOIN mended_tracks m ON m.track = t.track LEFT JOIN mended_releases n ON n.release = a.album
        """;

    /// <summary>A number that no other catalogue has, and that of the last change.</summary>
    public (long Catalogue, long Change) ReadState()
    {
        using var connection = database.Open();
        return connection.Query("SELECT id, change FROM catalogue")
            .Single(static row => (row.GetInt64(0), row.GetInt64(1)));
    }

    /// <summary>
    /// What has changed since, so many of them, the first first: tracks as they are, and ids of those that have left.
    /// </summary>
    public IReadOnlyList<CatalogueChange> ReadAfter(long change, int limit) =>
        database.Read(connection => ReadAfter(connection, change, limit));

    /// <summary>A track; none when it is not known, or not shown.</summary>
    public IEnumerable<SearchEntry> Read(TrackId track)
    {
        using var connection = database.Open();
        return connection.Query($"{Select} WHERE t.track = @track AND t.hidden = 0", ("@track", track.ToString()))
            .All(Read);
    }

    private static IReadOnlyList<CatalogueChange> ReadAfter(DbConnection connection, long change, int limit)
    {
        var changed = connection.Query(
            $"{Select} WHERE t.change > @change ORDER BY t.change LIMIT @limit", ("@change", change), ("@limit", limit))
            .All(static row => new CatalogueChange(row.GetInt64(8), row.GetString(0), row.GetInt32(11) == 0 ? Read(row) : null));
        var removed = connection.Query(
            "SELECT change, track FROM removals WHERE change > @change ORDER BY change LIMIT @limit",
            ("@change", change), ("@limit", limit))
            .All(static row => new CatalogueChange(row.GetInt64(0), row.GetString(1), null));
        return [.. changed.Concat(removed).OrderBy(static one => one.Change).Take(limit)];
    }

    private static SearchEntry Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Title = row.GetString(1),
        Artists = [.. TrackRows.Split(row.GetString(2)).Union(TrackRows.Split(row.GetString(4)))],
        Album = row.GetString(3),
        Year = row.GetInt32(5),
        Genre = row.GetString(6),
        Plays = row.GetInt64(7),
        Release = row.GetString(9),
        Added = row.GetInt64(10),
    };
}
