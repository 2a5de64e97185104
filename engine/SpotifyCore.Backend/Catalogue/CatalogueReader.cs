using Google.Protobuf;
using Microsoft.Data.Sqlite;
using SpotifyCore.Backend.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>Finds tracks, albums, covers and files. Safe for many threads; sees what has been added at once.</summary>
internal sealed class CatalogueReader(ServiceDatabase database)
{
    /// <summary>A track's metadata, or null.</summary>
    public Track? FindTrack(TrackId track)
    {
        using var connection = database.Open();
        return connection.Query(
            $"SELECT {TrackRows.Columns} FROM track_rows v WHERE v.track = $track", ("$track", track.ToString()))
            .Single(TrackRows.Read);
    }

    /// <summary>
    /// The metadata of tracks, in the order in which they are named; those that are not known are left out.
    /// </summary>
    public IReadOnlyList<Track> FindTracks(IReadOnlyList<string> tracks)
    {
        if (tracks.Count == 0)
            return [];

        using var connection = database.Open();
        return connection.Query(
            $"""
            SELECT {TrackRows.Columns} FROM json_each($tracks) named CROSS JOIN track_rows v ON v.track = named.value
            ORDER BY named.key
            """,
            ("$tracks", $"[\"{string.Join("\",\"", tracks)}\"]"))
            .All(TrackRows.Read);
    }

    /// <summary>
    /// An album with its tracks in order, those without a number by the names of their files; or null.
    /// </summary>
    public Album? FindAlbum(string album)
    {
        using var connection = database.Open();
        var found = connection.Query("SELECT title, artists FROM albums WHERE album = $album", ("$album", album))
            .Single(row => (Title: row.GetString(0), Artists: row.GetString(1)));
        if (found.Title is null)
            return null;

        var reply = new Album { Album_ = album, Title = PlainText.Of(found.Title) };
        reply.Artists.AddRange(TrackRows.Split(found.Artists));
        reply.Tracks.AddRange(connection.Query(
            $"""
            SELECT {TrackRows.Columns} FROM track_rows v
            WHERE v.album_id = $album
            ORDER BY v.disc, v.number, (SELECT min(s.name) FROM sources s WHERE s.track = v.id), v.id LIMIT 2000
            """,
            ("$album", album))
            .All(TrackRows.Read));
        reply.Total = reply.Tracks.Select(static track => track.AlbumTracks).FirstOrDefault();
        reply.Year = reply.Tracks.Select(static track => track.Year).FirstOrDefault(static year => year > 0);
        reply.Cover =
            reply.Tracks.Select(static track => track.Cover).FirstOrDefault(static cover => cover.Length > 0) ?? "";
        return reply;
    }

    /// <summary>
    /// Up to <paramref name="length"/> bytes of a cover and its media type; null when there is no such cover.
    /// </summary>
    public (string MediaType, byte[] Data)? FindCover(string cover, int offset, int length)
    {
        using var connection = database.Open();
        return connection.Query(
            "SELECT media_type, substr(data, $first, $length) FROM covers WHERE cover = $cover",
            ("$cover", cover), ("$first", offset + 1), ("$length", length))
            .Single<(string, byte[])?>(static row => (row.GetString(0), row.GetBlob(1)));
    }

    /// <summary>
    /// The encoding of a track nearest to a bitrate, with all that playing it needs; null for an unknown track.
    /// </summary>
    public OpenableFile? Open(TrackId track, int bitsPerSecond)
    {
        using var connection = database.Open();
        return connection.Query(
            $"""
            SELECT {TrackRows.Columns}, v.album_row, f.file, f.manifest, f.plaintext_hash
            FROM track_rows v JOIN files f ON f.track = v.id
            WHERE v.track = $track ORDER BY abs(f.bits - $bits), f.bits DESC LIMIT 1
            """,
            ("$track", track.ToString()), ("$bits", bitsPerSecond))
            .Single(row => new OpenableFile(
                TrackRows.Read(row),
                row.GetBlob(TrackRows.Count + 1), row.GetBlob(TrackRows.Count + 2), row.GetBlob(TrackRows.Count + 3),
                LoudnessOf(
                    connection,
                    row.GetInt64(0),
                    row.IsDBNull(TrackRows.Count) ? null : row.GetInt64(TrackRows.Count))));
    }

    /// <summary>Whether a file belongs to a track that is known.</summary>
    public bool HasFile(FileId file)
    {
        var id = new byte[FileId.Size];
        file.Write(id);
        using var connection = database.Open();
        return connection.Query("SELECT 1 FROM files WHERE file = $file LIMIT 1", ("$file", id))
            .Single(static _ => true);
    }

    /// <summary>The track that was made from a source with the same encoder parameters, or null.</summary>
    public string? FindSource(byte[] sourceHash, string encoder)
    {
        using var connection = database.Open();
        return connection.Query(
            """
            SELECT t.track FROM sources s JOIN tracks t ON t.id = s.track
            WHERE s.source_hash = $hash AND s.encoder = $encoder
            """,
            ("$hash", sourceHash), ("$encoder", encoder))
            .Single(static row => row.GetString(0));
    }

    /// <summary>The ids of a track's files.</summary>
    public IReadOnlyList<byte[]> FilesOf(string track)
    {
        using var connection = database.Open();
        return connection.Query(
            "SELECT f.file FROM files f JOIN tracks t ON t.id = f.track WHERE t.track = $track ORDER BY f.bits",
            ("$track", track))
            .All(static row => row.GetBlob(0));
    }

    /// <summary>
    /// The files of the catalogue whose ids come after <paramref name="after"/>, in order; each once, with one of its
    /// tracks.
    /// </summary>
    public ListFilesReply ListFiles(byte[] after, int limit)
    {
        using var connection = database.Open();
        var files = connection.Query(
            """
            SELECT f.file, t.track, t.title, f.bits FROM files f JOIN tracks t ON t.id = f.track
            WHERE f.file > $after GROUP BY f.file ORDER BY f.file LIMIT $limit
            """,
            ("$after", after), ("$limit", limit + 1))
            .All(static row => new CataloguedFile
            {
                File = ByteString.CopyFrom(row.GetBlob(0)),
                Track = row.GetString(1),
                Title = row.GetString(2),
                BitsPerSecond = row.GetInt32(3),
            });
        var reply = new ListFilesReply { More = files.Count > limit };
        reply.Files.AddRange(files.Take(limit));
        return reply;
    }

    private static AlbumLoudness LoudnessOf(SqliteConnection connection, long track, long? album)
    {
        var loudness = connection.Query(
            """
            SELECT loudness, duration_ms, peak FROM tracks
            WHERE ($album IS NULL AND id = $track) OR album = $album LIMIT 2000
            """,
            ("$track", track), ("$album", album));
        return AlbumLoudness.Of(loudness.All(static row => (row.GetFloat(0), row.GetInt64(1), row.GetFloat(2))));
    }
}
