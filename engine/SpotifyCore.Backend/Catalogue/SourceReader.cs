using System.Data.Common;
using Google.Protobuf;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Discarding;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>What an import asks of sources and files that are known. Safe for many threads.</summary>
internal sealed class SourceReader(ServiceDatabase database, DiscardStore discards)
{
    private const int MaxLocations = 50;
    private const string LastCharacter = "\U0010FFFF";

    /// <summary>
    /// The sound of a source, encoded with the same parameters: by its hash, what of it is decoded, or its samples. The
    /// files of one that nothing shows any more are kept for the import that asks; the stamp of one that is as it was is kept.
    /// </summary>
    public FindSourceReply Find(FindSourceRequest request)
    {
        var found = FindNow(request);
        if (found.Removed && !request.Restore)
            return found;

        // What it was told before the sound was kept for it may be so no more.
        var recording = found.Recording.Length > 0 ? found.Recording : request.Recording;
        if (recording.Length > 0 && discards.Claim(recording))
            found = FindNow(request);
        if (found.Recording.Length > 0 && !found.Outdated)
            KeepStamp(request);

        return found;
    }

    private FindSourceReply FindNow(FindSourceRequest request)
    {
        using var connection = database.Open();
        if (FindRecording(connection, request) is not { } recording)
            return FindRemoved(connection, request);

        var source = connection.Query(
            """
            SELECT coalesce(m.merged, t.track), coalesce(s.location = @location AND s.source_hash = @hash, FALSE),
              coalesce(m.removed, w.removed) IS NOT NULL
            FROM tracks t LEFT JOIN sources s ON s.track = t.id
              LEFT JOIN mended_tracks m ON m.track = t.track LEFT JOIN mended_tracks w ON w.track = m.merged
            WHERE t.recording = @recording
            ORDER BY 2 DESC, coalesce(s.source_hash = @hash, FALSE) DESC, t.hidden, t.id LIMIT 1
            """,
            ("@recording", recording.Row), ("@hash", request.SourceHash.ToByteArray()), ("@location", request.Location))
            .Single(static row => (Track: row.GetString(0), IsThere: row.GetBoolean(1), IsRemoved: row.GetBoolean(2)));
        var reply = new FindSourceReply
        {
            Track = source.IsRemoved && !source.IsThere ? "" : source.Track ?? "",
            Removed = source.IsRemoved && source.IsThere,
            Recording = recording.Id,
            Outdated = request.Location.Length > 0 && !source.IsThere,
        };
        reply.Files.AddRange(connection.Query(
            "SELECT file FROM files WHERE recording = @recording ORDER BY bits", ("@recording", recording.Row))
            .All(static row => ByteString.CopyFrom(row.GetBlob(0))));
        if (reply.Files.Count > 0)
            (reply.Loudness, reply.Peak) = ReadLoudness(connection, recording.Row);
        if (reply.Outdated)
            reply.Locations.AddRange(ListLocations(connection, recording.Row, request));

        return reply;
    }

    /// <summary>
    /// The sources whose locations begin so and come after the one that is named, in order; those without a location are
    /// not among them. Where an encoder is named, those that are known without being read have their stamps.
    /// </summary>
    public ListSourcesReply ListSources(ListSourcesRequest request, int limit)
    {
        using var connection = database.Open();
        var sources = connection.Query(
            """
            SELECT s.location, t.track, t.title,
              CASE WHEN coalesce(m.removed, w.removed) IS NULL AND EXISTS (
                SELECT 1 FROM encodings e WHERE e.recording = t.recording AND e.encoder = @encoder) THEN s.stamp END,
              coalesce(m.merged, t.track)
            FROM sources s JOIN tracks t ON t.id = s.track
              LEFT JOIN mended_tracks m ON m.track = t.track LEFT JOIN mended_tracks w ON w.track = m.merged
            WHERE s.location >= @prefix AND s.location < @end AND s.location > @after
            ORDER BY s.location LIMIT @limit
            """,
            ("@prefix", request.Prefix), ("@end", request.Prefix + LastCharacter), ("@after", request.After),
            ("@encoder", request.Encoder), ("@limit", limit + 1))
            .All(static row => new CataloguedSource
            {
                Location = row.GetString(0),
                Track = row.GetString(1),
                Title = PlainText.Of(row.GetString(2)),
                Displaced = SourceTable.IsDisplaced(row.GetString(0)),
                Stamp = row.IsDBNull(3) ? ByteString.Empty : ByteString.CopyFrom(row.GetBlob(3)),
                Shown = row.IsDBNull(3) ? "" : row.GetString(4),
            });
        var reply = new ListSourcesReply { More = sources.Count > limit };
        reply.Sources.AddRange(sources.Take(limit));
        AddFiles(connection, [.. reply.Sources.Where(static source => source.Stamp.Length > 0)]);
        return reply;
    }

    /// <summary>
    /// The files of the catalogue whose ids come after <paramref name="after"/>, in order; each once, with one of its
    /// tracks; that of an advert has its recording for one.
    /// </summary>
    public ListFilesReply ListFiles(byte[] after, int limit)
    {
        using var connection = database.Open();
        var files = connection.Query(
            """
            SELECT f.file, coalesce(t.track, r.recording), coalesce(t.title, a.title), f.bits
            FROM files f JOIN recordings r ON r.id = f.recording
            LEFT JOIN tracks t ON t.id = (SELECT min(o.id) FROM tracks o WHERE o.recording = f.recording)
            LEFT JOIN adverts a ON a.recording = f.recording
            WHERE f.file > @after AND (t.id IS NOT NULL OR a.id IS NOT NULL) ORDER BY f.file LIMIT @limit
            """,
            ("@after", after), ("@limit", limit + 1))
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

    private static void AddFiles(DbConnection connection, CataloguedSource[] sources)
    {
        if (sources.Length == 0)
            return;

        var byLocation = sources.ToDictionary(static source => source.Location, StringComparer.Ordinal);

        var files = connection.Query(
            """
            SELECT s.location, f.file FROM sources s JOIN tracks t ON t.id = s.track
            JOIN files f ON f.recording = t.recording
            WHERE s.location >= @first AND s.location <= @last ORDER BY s.location, f.bits
            """,
            ("@first", sources[0].Location), ("@last", sources[^1].Location))
            .All(static row => (Location: row.GetString(0), File: row.GetBlob(1)));
        foreach (var (location, file) in files)
        {
            if (byLocation.TryGetValue(location, out var source))
                source.Files.Add(ByteString.CopyFrom(file));
        }
    }

    private void KeepStamp(FindSourceRequest request)
    {
        if (request.Stamp.IsEmpty || request.Location.Length == 0)
            return;

        (string, object?)[] values =
        [
            ("@location", request.Location), ("@hash", request.SourceHash.ToByteArray()),
            ("@stamp", request.Stamp.ToByteArray()),
        ];
        const string IsOther = "location = @location AND source_hash = @hash AND stamp IS DISTINCT FROM @stamp";
        using (var connection = database.Open())
        {
            if (!connection.Query($"SELECT 1 FROM sources WHERE {IsOther}", values).Single(static _ => true))
                return;
        }

        database.WriteCatalogue(connection =>
            connection.Execute($"UPDATE sources SET stamp = @stamp WHERE {IsOther}", values));
    }

    // One that was removed by hand so long ago that its files are gone.
    private static FindSourceReply FindRemoved(DbConnection connection, FindSourceRequest request)
    {
        var track = connection.Query(
            """
            SELECT t.track FROM sources s JOIN tracks t ON t.id = s.track JOIN mended_tracks m ON m.track = t.track
            WHERE s.location = @location AND m.removed IS NOT NULL AND (s.source_hash = @hash OR s.essence = @essence)
              AND NOT EXISTS (SELECT 1 FROM files f WHERE f.recording = t.recording)
            """,
            ("@location", request.Location), ("@hash", request.SourceHash.ToByteArray()),
            ("@essence", request.Essence.Length > 0 ? request.Essence.ToByteArray() : null))
            .Single(static row => row.GetString(0));
        return new FindSourceReply { Track = track ?? "", Removed = track is not null };
    }

    private static (long Row, string Id)? FindRecording(DbConnection connection, FindSourceRequest request) =>
        connection.Query(
            """
            SELECT r.id, r.recording FROM recordings r
            WHERE r.id IN (
                SELECT t.recording FROM sources s JOIN tracks t ON t.id = s.track WHERE s.source_hash = @hash
                UNION ALL
                SELECT t.recording FROM sources s JOIN tracks t ON t.id = s.track WHERE s.essence = @essence
                UNION ALL SELECT id FROM recordings WHERE recording = @recording)
              AND EXISTS (SELECT 1 FROM encodings e WHERE e.recording = r.id AND e.encoder = @encoder)
            ORDER BY r.id LIMIT 1
            """,
            ("@hash", request.SourceHash.ToByteArray()), ("@encoder", request.Encoder),
            ("@essence", request.Essence.Length > 0 ? request.Essence.ToByteArray() : null),
            ("@recording", request.Recording))
            .Single<(long, string)?>(static row => (row.GetInt64(0), row.GetString(1)));

    private static (float Loudness, float Peak) ReadLoudness(DbConnection connection, long recording) => connection.Query(
        "SELECT loudness, peak FROM recordings WHERE id = @recording", ("@recording", recording))
        .Single(static row => (row.GetFloat(0), row.GetFloat(1)));

    private static List<string> ListLocations(DbConnection connection, long recording, FindSourceRequest request) =>
        connection.Query(
            """
            SELECT s.location FROM sources s JOIN tracks t ON t.id = s.track
            WHERE t.recording = @recording AND s.location IS NOT NULL AND s.location <> @location
              AND (s.source_hash = @hash OR NOT EXISTS (
                SELECT 1 FROM sources o
                WHERE o.source_hash = @hash AND o.location IS NOT NULL AND o.location <> @location))
            ORDER BY s.location LIMIT @limit
            """,
            ("@recording", recording), ("@hash", request.SourceHash.ToByteArray()), ("@location", request.Location),
            ("@limit", MaxLocations))
            .All(static row => row.GetString(0));
}
