using Microsoft.Data.Sqlite;
using SpotifyCore.Backend.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Search.Indexing;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>
/// Adds tracks and counts plays. What changes gets the next number of the catalogue's changes within its transaction,
/// so that the numbers come in the order in which they are seen. Safe for many threads, which take turns.
/// </summary>
internal sealed class CatalogueWriter(ServiceDatabase database)
{
    /// <summary>
    /// Adds a track, or replaces the metadata of one that is known and adds the encodings it did not have.
    /// All of it or nothing; durable when this returns.
    /// </summary>
    /// <returns>Whether the track was known.</returns>
    public bool Add(NewTrack track) => database.Write(connection =>
    {
        var before = connection.Query(
            "SELECT album, cover FROM tracks WHERE track = $track", ("$track", track.Track.ToString()))
            .Single<(object? Album, object? Cover)?>(static row => (row.GetValue(0), row.GetValue(1)));
        var album = PutAlbum(connection, track.Tags);
        var cover = PutCover(connection, track.Cover);
        var id = PutTrack(connection, track, album, cover);
        PutFiles(connection, id, track);
        if (before is { } known)
            DropOrphans(connection, known.Album, known.Cover);

        return before is not null;
    });

    /// <summary>
    /// Adds to the numbers of plays; tracks that are not known are passed over. A track counts as changed when it gets
    /// another place in order of popularity.
    /// </summary>
    public void AddPlays(IReadOnlyDictionary<TrackId, int> plays) => database.Write(connection =>
    {
        foreach (var (track, count) in plays)
        {
            var (id, after) = connection.Query(
                "UPDATE tracks SET plays = plays + $count WHERE track = $track RETURNING id, plays",
                ("$count", count), ("$track", track.ToString()))
                .Single(static row => (row.GetInt64(0), row.GetInt64(1)));
            if (id != 0 && !Popularity.IsSame(after - count, after))
                Renumber(connection, id);
        }

        return true;
    });

    private static long NextChange(SqliteConnection connection) => connection.Query(
        "UPDATE catalogue SET change = change + 1 RETURNING change").Single(static row => row.GetInt64(0));

    private static void Renumber(SqliteConnection connection, long track) => connection.Execute(
        "UPDATE tracks SET change = $change WHERE id = $track", ("$change", NextChange(connection)), ("$track", track));

    private static long? PutAlbum(SqliteConnection connection, TrackTags tags)
    {
        if (string.IsNullOrWhiteSpace(tags.AlbumTitle))
            return null;

        // Without an album artist, the first artist tells albums of the same title apart.
        var artists = TrackRows.Join(tags.AlbumArtists.Count > 0 ? tags.AlbumArtists : tags.Artists.Take(1));
        var (album, title) = (AlbumIds.Of(tags.AlbumTitle, artists), tags.AlbumTitle.Trim());
        var renamed = connection.Query(
            """
            SELECT t.id FROM tracks t JOIN albums a ON a.id = t.album
            WHERE a.album = $album AND (a.title <> $title OR a.artists <> $artists)
            """,
            ("$album", album), ("$title", title), ("$artists", artists)).All(static row => row.GetInt64(0));
        foreach (var track in renamed)
            Renumber(connection, track);

        return connection.Query(
            """
            INSERT INTO albums (album, title, artists) VALUES ($album, $title, $artists)
            ON CONFLICT (album) DO UPDATE SET title = excluded.title, artists = excluded.artists RETURNING id
            """,
            ("$album", album), ("$title", title), ("$artists", artists))
            .Single(static row => row.GetInt64(0));
    }

    private static string? PutCover(SqliteConnection connection, Cover? cover)
    {
        if (cover is null)
            return null;

        var id = Id128.HashOf(cover.Data.Span).ToString();
        connection.Execute(
            "INSERT INTO covers (cover, media_type, data) VALUES ($cover, $type, $data) ON CONFLICT DO NOTHING",
            ("$cover", id), ("$type", cover.MediaType), ("$data", cover.Data.ToByteArray()));
        return id;
    }

    private static long PutTrack(SqliteConnection connection, NewTrack track, long? album, string? cover) =>
        connection.Query(
            """
            INSERT INTO tracks (
              track, title, artists, album, disc, number, duration_ms, year, genre, loudness, peak, cover,
              change)
            VALUES (
              $track, $title, $artists, $album, $disc, $number, $duration, $year, $genre, $loudness, $peak, $cover,
              $change)
            ON CONFLICT (track) DO UPDATE SET
              title = excluded.title, artists = excluded.artists, album = excluded.album, disc = excluded.disc,
              number = excluded.number, year = excluded.year, genre = excluded.genre,
              loudness = excluded.loudness, peak = excluded.peak, cover = excluded.cover,
              change = excluded.change
            RETURNING id
            """,
            ("$track", track.Track.ToString()), ("$title", track.Tags.Title.Trim()),
            ("$artists", TrackRows.Join(track.Tags.Artists)), ("$album", album),
            ("$disc", track.Tags.Disc), ("$number", track.Tags.Number),
            ("$duration", (long)track.Files[0].Manifest.Duration.TotalMilliseconds), ("$year", track.Tags.Year),
            ("$genre", track.Tags.Genre), ("$loudness", track.Loudness), ("$peak", track.Peak), ("$cover", cover),
            ("$change", NextChange(connection)))
            .Single(static row => row.GetInt64(0));

    private static void PutFiles(SqliteConnection connection, long id, NewTrack track)
    {
        foreach (var file in track.Files)
        {
            var fileId = new byte[FileId.Size];
            file.Manifest.File.Write(fileId);
            connection.Execute(
                """
                INSERT OR REPLACE INTO files (track, bits, file, manifest, plaintext_hash)
                VALUES ($track, $bits, $file, $manifest, $hash)
                """,
                ("$track", id), ("$bits", file.Manifest.BitsPerSecond), ("$file", fileId),
                ("$manifest", file.Manifest.Bytes.ToArray()), ("$hash", file.PlaintextHash));
        }

        connection.Execute(
            """
            INSERT OR REPLACE INTO sources (source_hash, encoder, track, name)
            VALUES ($hash, $encoder, $track, $name)
            """,
            ("$hash", track.SourceHash), ("$encoder", track.Encoder), ("$track", id), ("$name", track.SourceName));
    }

    private static void DropOrphans(SqliteConnection connection, object? album, object? cover)
    {
        connection.Execute(
            "DELETE FROM albums WHERE id = $album AND NOT EXISTS (SELECT 1 FROM tracks t WHERE t.album = $album)",
            ("$album", album));
        connection.Execute(
            "DELETE FROM covers WHERE cover = $cover AND NOT EXISTS (SELECT 1 FROM tracks t WHERE t.cover = $cover)",
            ("$cover", cover));
    }
}
