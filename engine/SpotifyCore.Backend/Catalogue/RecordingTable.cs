using System.Data.Common;
using SpotifyCore.Backend.Data;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>Sounds and their files, within one transaction.</summary>
/// <param name="connection">The transaction's.</param>
/// <param name="now">The time.</param>
internal sealed class RecordingTable(DbConnection connection, DateTimeOffset now)
{
    /// <summary>The row of a track's sound, with its files where it brings them.</summary>
    /// <exception cref="NewTrackException">It brings none, and they are not known.</exception>
    public long Put(NewTrack track) => track.Files.Count > 0 ? PutFiles(track) : Find(track);

    private long Find(NewTrack track)
    {
        var found = connection.Query(
            """
            SELECT r.id FROM recordings r JOIN encodings e ON e.recording = r.id AND e.encoder = @encoder
            WHERE r.recording = @recording
            """,
            ("@recording", track.Recording.ToString()), ("@encoder", track.Source.Encoder))
            .Single(static row => (long?)row.GetInt64(0));
        return found ?? throw new NewTrackException(
            "The track has no files, and none of this encoder are known of its recording.");
    }

    // A file that masters may delete at this moment is not one that they have.
    private void Keep(byte[] file)
    {
        connection.Execute(
            "DELETE FROM discards WHERE file = @file AND claimed IS NOT NULL", ("@file", file));
        if (connection.Query("SELECT 1 FROM discards WHERE file = @file", ("@file", file)).Single(static _ => true))
            throw new NewTrackException("The files of the recording may have been deleted meanwhile: import it again.");
    }

    // What a file takes the place of is played from for a while by those who have begun; then masters may delete it.
    private void LetGoOfFormer(NewTrack track, long recording, int bits, byte[] file) => connection.Execute(
        """
        INSERT INTO discards (file, recording, claimed)
        SELECT f.file, @name, @now FROM files f
        WHERE f.recording = @recording AND f.bits = @bits AND f.file <> @file AND NOT EXISTS (
          SELECT 1 FROM files o WHERE o.file = f.file AND o.recording <> f.recording)
        ON CONFLICT (file) DO UPDATE SET claimed = excluded.claimed
        """,
        ("@name", track.Recording.ToString()), ("@now", now.ToUnixTimeMilliseconds()), ("@recording", recording),
        ("@bits", bits), ("@file", file));

    private long PutFiles(NewTrack track)
    {
        var id = connection.Query(
            """
            INSERT INTO recordings (recording, duration_ms, loudness, peak)
            VALUES (@recording, @duration, @loudness, @peak)
            ON CONFLICT (recording) DO UPDATE SET loudness = excluded.loudness, peak = excluded.peak
            RETURNING id
            """,
            ("@recording", track.Recording.ToString()),
            ("@duration", (long)track.Files[0].Manifest.Duration.TotalMilliseconds),
            ("@loudness", track.Loudness), ("@peak", track.Peak))
            .Single(static row => row.GetInt64(0));
        connection.Execute(
            "INSERT INTO encodings (recording, encoder) VALUES (@recording, @encoder) ON CONFLICT DO NOTHING",
            ("@recording", id), ("@encoder", track.Source.Encoder));
        foreach (var file in track.Files)
        {
            var fileId = file.Manifest.File.Bits.ToArray();
            Keep(fileId);
            LetGoOfFormer(track, id, file.Manifest.BitsPerSecond, fileId);
            connection.Execute(
                """
                INSERT INTO files (recording, bits, file, manifest, plaintext_hash)
                VALUES (@recording, @bits, @file, @manifest, @hash)
                ON CONFLICT (recording, bits) DO UPDATE SET file = excluded.file, manifest = excluded.manifest,
                  plaintext_hash = excluded.plaintext_hash
                """,
                ("@recording", id), ("@bits", file.Manifest.BitsPerSecond), ("@file", fileId),
                ("@manifest", file.Manifest.Bytes.ToArray()), ("@hash", file.PlaintextHash));
        }

        return id;
    }
}
