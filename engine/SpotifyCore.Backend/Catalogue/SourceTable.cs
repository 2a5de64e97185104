using System.Data.Common;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Releases;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>Sources, within one transaction.</summary>
internal sealed class SourceTable(DbConnection connection)
{
    // Ends the location of a source whose place another has taken.
    private const char Displaced = '\u001f';

    private const string Select = "SELECT s.id, s.track, s.release FROM sources s JOIN tracks t ON t.id = s.track";

    /// <summary>
    /// A source as it was before: at its location, at the one it had, or as one that was imported before there were
    /// locations, by its hash, else by its name and sound. Null for one that is new.
    /// </summary>
    public SourceRow? Find(NewSource source, long recording) =>
        (source.Location.Length > 0 ? At(source.Location) ?? At(source.MovedFrom) : OfHash(source))
            ?? Unlocated(source, recording);

    /// <summary>The source at a location; null where there is none.</summary>
    public SourceRow? At(string location) => connection.Query(
        $"{Select} WHERE s.location = @location", ("@location", location)).Single(Read);

    /// <summary>Whether a location is that of a source that was displaced.</summary>
    public static bool IsDisplaced(string location) => location.Contains(Displaced);

    /// <summary>
    /// Another source is at the location of this one now. It stays in the catalogue until it is found elsewhere, where
    /// it was moved to, or taken out.
    /// </summary>
    public void Displace(long source) => connection.Execute(
        "UPDATE sources SET location = location || @mark || id WHERE id = @id",
        ("@mark", Displaced.ToString()), ("@id", source));

    /// <summary>Whether what lies at a location is not what lay there, and is known to have lain elsewhere.</summary>
    public bool CameFromElsewhere(NewSource source) => connection.Query(
        """
        SELECT 1 FROM sources there JOIN sources other ON other.source_hash = @hash AND other.id <> there.id
        WHERE there.location = @location AND there.source_hash <> @hash LIMIT 1
        """,
        ("@location", source.Location), ("@hash", source.Hash)).Single(static _ => true);

    /// <summary>Forgets the displaced sources of a track that another source shows: they are found.</summary>
    /// <returns>What they said of their releases.</returns>
    public List<string> DropFound(long track) => connection.Query(
        """
        DELETE FROM sources WHERE track = @track AND location LIKE @displaced AND EXISTS (
          SELECT 1 FROM sources s WHERE s.track = @track AND coalesce(s.location, '') NOT LIKE @displaced)
        RETURNING coalesce(release, '')
        """,
        ("@track", track), ("@displaced", $"%{Displaced}%"))
        .All(static row => row.GetString(0));

    /// <summary>Keeps a source, in place of what was known of it, and what it shows.</summary>
    public void Put(SourceRow? before, NewSource source, long track, ReleaseTags release)
    {
        (string Name, object? Value)[] values =
        [
            ("@location", source.Location.Length > 0 ? source.Location : null),
            ("@hash", source.Hash), ("@essence", source.Essence), ("@encoder", source.Encoder), ("@track", track),
            ("@name", source.Name), ("@folder", release.Folder), ("@release", release.Key), ("@title", release.Title),
            ("@artists", TrackRows.Join(release.Artists)), ("@stamp", source.Stamp),
        ];
        if (before is null)
            connection.Execute(
                """
                INSERT INTO sources (
                  location, source_hash, essence, encoder, track, name, folder, release, album_title, album_artists,
                  stamp)
                VALUES (@location, @hash, @essence, @encoder, @track, @name, @folder, @release, @title, @artists, @stamp)
                """,
                values);
        else
            connection.Execute(
                """
                UPDATE sources SET location = coalesce(@location, location), source_hash = @hash, essence = @essence,
                  encoder = @encoder, track = @track, name = @name, folder = @folder, release = @release,
                  album_title = @title, album_artists = @artists, stamp = @stamp
                WHERE id = @id
                """,
                [.. values, ("@id", before.Id)]);
    }

    /// <summary>
    /// Forgets what was kept of a source before there were locations, once it has one: of each version of it that was
    /// imported there is a row.
    /// </summary>
    public void DropFormer(SourceRow before, NewSource source)
    {
        if (source.Location.Length > 0)
            connection.Execute(
                """
                DELETE FROM sources WHERE id <> @id AND track = @track AND location IS NULL
                  AND (name = @name OR source_hash = @hash)
                """,
                ("@id", before.Id), ("@track", before.Track), ("@name", source.Name), ("@hash", source.Hash));
    }

    /// <summary>Makes a source show another track.</summary>
    public void Attach(long source, long track) => connection.Execute(
        "UPDATE sources SET track = @track WHERE id = @id", ("@track", track), ("@id", source));

    /// <summary>Takes a source out.</summary>
    public void Remove(long source) => connection.Execute("DELETE FROM sources WHERE id = @id", ("@id", source));

    /// <summary>All that say the same of their release, but for one.</summary>
    public List<ReleaseMember> ListMembers(string release, long? except) => connection.Query(
        """
        SELECT s.id, s.track, t.recording, t.album, s.folder, s.name, t.disc, t.number, t.year, t.artists,
          s.album_title, s.album_artists
        FROM sources s JOIN tracks t ON t.id = s.track
        WHERE s.release = @release AND s.id IS DISTINCT FROM @except ORDER BY s.id
        """,
        ("@release", release), ("@except", except))
        .All(static row => new ReleaseMember(
            row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetInt64(3))
        {
            Folder = row.GetString(4),
            Name = row.GetString(5),
            Disc = row.GetInt32(6),
            Number = row.GetInt32(7),
            Year = row.GetInt32(8),
            Artist = TrackRows.Split(row.GetString(9)).FirstOrDefault() ?? "",
            Title = row.GetString(10),
            AlbumArtists = [.. TrackRows.Split(row.GetString(11))],
        });

    private SourceRow? OfHash(NewSource source) => connection.Query(
        $"{Select} WHERE s.source_hash = @hash ORDER BY s.encoder <> @encoder, s.location IS NOT NULL, s.id LIMIT 1",
        ("@hash", source.Hash), ("@encoder", source.Encoder)).Single(Read);

    private SourceRow? Unlocated(NewSource source, long recording) => connection.Query(
        $"""
        {Select} WHERE s.location IS NULL
          AND (s.source_hash = @hash OR (t.recording = @recording AND s.name = @name))
        ORDER BY s.source_hash <> @hash, s.encoder <> @encoder, s.id LIMIT 1
        """,
        ("@hash", source.Hash), ("@encoder", source.Encoder), ("@recording", recording), ("@name", source.Name))
        .Single(Read);

    private static SourceRow Read(DbDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetString(2));
}
