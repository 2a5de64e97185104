using System.Text;
using Microsoft.Data.Sqlite;
using SpotifyCore.Backend.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Search;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>Adds tracks. Safe for many threads, which take turns.</summary>
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
        PutSearchRow(connection, id, track.Tags);
        if (before is { } known)
            DropOrphans(connection, known.Album, known.Cover);

        return before is not null;
    });

    private static long? PutAlbum(SqliteConnection connection, TrackTags tags)
    {
        if (string.IsNullOrWhiteSpace(tags.AlbumTitle))
            return null;

        // Without an album artist, the first artist tells albums of the same title apart.
        var artists = TrackRows.Join(tags.AlbumArtists.Count > 0 ? tags.AlbumArtists : tags.Artists.Take(1));
        return connection.Query(
            """
            INSERT INTO albums (album, title, artists) VALUES ($album, $title, $artists)
            ON CONFLICT (album) DO UPDATE SET title = excluded.title, artists = excluded.artists RETURNING id
            """,
            ("$album", IdOf($"album\n{SearchText.Fold(tags.AlbumTitle)}\n{SearchText.Fold(artists)}")),
            ("$title", tags.AlbumTitle.Trim()), ("$artists", artists))
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
              track, title, artists, album, disc, number, duration_ms, year, genre, loudness, peak, cover)
            VALUES (
              $track, $title, $artists, $album, $disc, $number, $duration, $year, $genre, $loudness, $peak, $cover)
            ON CONFLICT (track) DO UPDATE SET
              title = excluded.title, artists = excluded.artists, album = excluded.album, disc = excluded.disc,
              number = excluded.number, year = excluded.year, genre = excluded.genre,
              loudness = excluded.loudness, peak = excluded.peak, cover = excluded.cover
            RETURNING id
            """,
            ("$track", track.Track.ToString()), ("$title", track.Tags.Title.Trim()),
            ("$artists", TrackRows.Join(track.Tags.Artists)), ("$album", album),
            ("$disc", track.Tags.Disc), ("$number", track.Tags.Number),
            ("$duration", (long)track.Files[0].Manifest.Duration.TotalMilliseconds), ("$year", track.Tags.Year),
            ("$genre", track.Tags.Genre), ("$loudness", track.Loudness), ("$peak", track.Peak), ("$cover", cover))
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

    private static void PutSearchRow(SqliteConnection connection, long id, TrackTags tags)
    {
        connection.Execute("DELETE FROM search WHERE rowid = $id", ("$id", id));
        var artists = string.Join(
            ' ', tags.Artists.Concat(tags.AlbumArtists).Distinct(StringComparer.OrdinalIgnoreCase));
        connection.Execute(
            "INSERT INTO search (rowid, title, artists, album) VALUES ($id, $title, $artists, $album)",
            ("$id", id), ("$title", SearchText.Fold(tags.Title)), ("$artists", SearchText.Fold(artists)),
            ("$album", SearchText.Fold(tags.AlbumTitle)));
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

    private static string IdOf(string key) => Id128.HashOf(Encoding.UTF8.GetBytes(key)).ToString();
}
