using System.Data.Common;
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
            $"SELECT {TrackRows.Columns} FROM track_rows v WHERE v.track = {TrackRows.Meant}",
            ("@track", track.ToString()))
            .Single(TrackRows.Read);
    }

    /// <summary>
    /// The metadata of tracks, in the order in which they are named; those that are not known are left out.
    /// </summary>
    public IReadOnlyList<Track> FindTracks(IReadOnlyList<string> tracks)
    {
        if (tracks.Count == 0)
            return [];

        (string Name, object? Value)[] named = [.. tracks.Distinct(StringComparer.Ordinal)
            .Select(static (track, index) => ($"@t{index}", (object?)track))];
        var names = string.Join(',', named.Select(static one => one.Name));
        using var connection = database.Open();
        var found = connection.Query($"SELECT {TrackRows.Columns} FROM track_rows v WHERE v.track IN ({names})", named)
            .All(TrackRows.Read).ToDictionary(static track => track.Track_, StringComparer.Ordinal);
        return [.. tracks.Select(track => found.GetValueOrDefault(track)).OfType<Track>()];
    }

    /// <summary>
    /// An album with its tracks in order, those without a number by the names of their files; or null. Of one that was
    /// made one with another it is that.
    /// </summary>
    public Album? FindAlbum(string album)
    {
        using var connection = database.Open();
        var found = connection.Query(
            """
            SELECT coalesce(n.title, a.title), coalesce(n.artists, a.artists), a.album
            FROM albums a LEFT JOIN mended_releases n ON n.release = a.album
            WHERE a.album = coalesce((SELECT w.merged FROM mended_releases w WHERE w.release = @album), @album)
            """,
            ("@album", album))
            .Single(row => (Title: row.GetString(0), Artists: row.GetString(1), Id: row.GetString(2)));
        if (found.Id is null)
            return null;

        var reply = new Album { Album_ = found.Id, Title = PlainText.Of(found.Title) };
        reply.Artists.AddRange(TrackRows.Split(found.Artists));
        reply.Tracks.AddRange(connection.Query(
            $"""
            SELECT {TrackRows.Columns} FROM track_rows v
            WHERE v.album_id = @album
            ORDER BY v.disc, v.number,
              coalesce((SELECT min(s.name) FROM sources s WHERE s.track = v.id), ''), v.id LIMIT 2000
            """,
            ("@album", found.Id))
            .All(TrackRows.Read));
        if (reply.Tracks.Count == 0)
            return null;

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
            "SELECT media_type, substr(data, @first, @length) FROM covers WHERE cover = @cover",
            ("@cover", cover), ("@first", offset + 1), ("@length", length))
            .Single<(string, byte[])?>(static row => (row.GetString(0), row.GetBlob(1)));
    }

    /// <summary>
    /// The encoding of a track nearest to a bitrate, with all that playing it needs; null for an unknown track.
    /// </summary>
    /// <param name="track">The track.</param>
    /// <param name="bitsPerSecond">The bitrate.</param>
    /// <param name="most">What is better is given only where nothing else is there.</param>
    public OpenableFile? Open(TrackId track, int bitsPerSecond, int most = int.MaxValue)
    {
        using var connection = database.Open();
        var found = connection.Query(
            $"""
            SELECT {TrackRows.Columns}, v.album_row, f.file, f.manifest, f.plaintext_hash, f.bits
            FROM track_rows v JOIN files f ON f.recording = v.recording
            WHERE v.track = {TrackRows.Meant} 
            ORDER BY f.bits > @most, abs(f.bits - @bits), f.bits DESC LIMIT 1
            """,
            ("@track", track.ToString()), ("@bits", bitsPerSecond), ("@most", most))
            .Single(static row => (
                File: new OpenableFile(
                    TrackRows.Read(row), row.GetBlob(TrackRows.Count + 1), row.GetBlob(TrackRows.Count + 2),
                    row.GetBlob(TrackRows.Count + 3), default)
                {
                    BitsPerSecond = row.GetInt32(TrackRows.Count + 4),
                },
                Id: row.GetInt64(0),
                Album: row.IsDBNull(TrackRows.Count) ? (long?)null : row.GetInt64(TrackRows.Count)));
        return found.File is null ? null : found.File with { Album = LoudnessOf(connection, found.Id, found.Album) };
    }

    /// <summary>The encoding of a recording nearest to a bitrate, as of a track of it.</summary>
    /// <param name="recording">The recording, which has files.</param>
    /// <param name="bitsPerSecond">The bitrate.</param>
    /// <param name="most">What is better is given only where nothing else is there.</param>
    public (byte[] File, byte[] Manifest, byte[] PlaintextHash) OpenRecording(
        string recording, int bitsPerSecond, int most)
    {
        using var connection = database.Open();
        return connection.Query(
            """
            SELECT f.file, f.manifest, f.plaintext_hash FROM files f JOIN recordings r ON r.id = f.recording
            WHERE r.recording = @recording ORDER BY f.bits > @most, abs(f.bits - @bits), f.bits DESC LIMIT 1
            """,
            ("@recording", recording), ("@bits", bitsPerSecond), ("@most", most))
            .Single(static row => (row.GetBlob(0), row.GetBlob(1), row.GetBlob(2)));
    }

    /// <summary>Whether a file belongs to a recording that is known.</summary>
    public bool HasFile(FileId file)
    {
        using var connection = database.Open();
        return connection.Query("SELECT 1 FROM files WHERE file = @file LIMIT 1", ("@file", file.Bits.ToArray()))
            .Single(static _ => true);
    }

    private static AlbumLoudness LoudnessOf(DbConnection connection, long track, long? album)
    {
        var loudness = connection.Query(
            $"""
            SELECT r.loudness, r.duration_ms, r.peak FROM tracks t JOIN recordings r ON r.id = t.recording
            WHERE {(album is null ? "t.id" : "t.shown")} = @row ORDER BY t.id LIMIT 2000
            """,
            ("@row", album ?? track));
        return AlbumLoudness.Of(loudness.All(static row => (row.GetFloat(0), (long)row.GetInt32(1), row.GetFloat(2))));
    }
}
