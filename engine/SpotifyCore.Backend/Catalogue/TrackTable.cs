using System.Data.Common;
using System.Text;
using SpotifyCore.Backend.Data;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>Tracks, within one transaction.</summary>
internal sealed class TrackTable(DbConnection connection)
{
    private readonly MendTable _mends = new(connection);

    /// <summary>A track by its row.</summary>
    public TrackRow Read(long id) => connection.Query(
        """
        SELECT recording, album, disc, number, title, artists, cover,
          (SELECT CAST(count(*) AS INTEGER) FROM sources s WHERE s.track = t.id)
        FROM tracks t WHERE id = @id
        """,
        ("@id", id))
        .Single(row => new TrackRow(
            id,
            new TrackPlace(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetInt32(2), row.GetInt32(3))
            {
                Title = row.GetString(4), Artists = row.GetString(5),
            },
            row.IsDBNull(6) ? null : row.GetString(6),
            row.GetInt32(7)))!;

    /// <summary>The id of a track.</summary>
    public TrackId IdOf(long id) => TrackId.TryParse(
        connection.Query("SELECT track FROM tracks WHERE id = @id", ("@id", id)).Single(static row => row.GetString(0)),
        out var track)
        ? track
        : throw new InvalidDataException("A track has no id.");

    /// <summary>The row of the track that is there; null where there is none.</summary>
    public long? FindAt(TrackPlace place) => connection.Query(
        """
        SELECT id FROM tracks
        WHERE recording = @recording AND album IS NOT DISTINCT FROM @album AND disc = @disc AND number = @number
          AND ((number > 0 AND album IS NOT NULL) OR (title = @title AND artists = @artists))
        ORDER BY id LIMIT 1
        """,
        ("@recording", place.Recording), ("@album", place.Album), ("@disc", place.Disc), ("@number", place.Number),
        ("@title", place.Title), ("@artists", place.Artists))
        .Single(static row => (long?)row.GetInt64(0));

    /// <summary>Adds a track; its metadata is to be put.</summary>
    public long Add(TrackPlace place) => connection.Query(
        """
        INSERT INTO tracks (track, recording, title, artists, album, disc, number, year, genre)
        VALUES (@track, @recording, @title, @artists, @album, @disc, @number, 0, '') RETURNING id
        """,
        ("@track", NewId(place)), ("@recording", place.Recording), ("@title", place.Title),
        ("@artists", place.Artists), ("@album", place.Album), ("@disc", place.Disc), ("@number", place.Number))
        .Single(static row => row.GetInt64(0));

    /// <summary>Adds a track that is like another one, at another place.</summary>
    public long AddLike(TrackRow track, TrackPlace place)
    {
        var id = Add(place);
        connection.Execute(
            """
            UPDATE tracks SET (year, genre, cover, change) =
              (SELECT year, genre, cover, @change FROM tracks WHERE id = @like)
            WHERE id = @id
            """,
            ("@id", id), ("@like", track.Id), ("@change", ChangeNumbers.Next(connection)));
        _mends.Inherit(track.Id, id, isNew: true);
        ShownTracks.Refresh(connection, id);
        return id;
    }

    /// <summary>Makes a track what a source says it is.</summary>
    public void Put(long id, TrackPlace place, NewTrack track, string? cover)
    {
        connection.Execute(
            """
            UPDATE tracks SET recording = @recording, title = @title, artists = @artists, album = @album, disc = @disc,
              number = @number, year = @year, genre = @genre, cover = @cover, change = @change
            WHERE id = @id
            """,
            ("@id", id), ("@recording", place.Recording), ("@title", place.Title), ("@artists", place.Artists),
            ("@album", place.Album), ("@disc", place.Disc), ("@number", place.Number), ("@year", track.Tags.Year),
            ("@genre", track.Tags.Genre), ("@cover", cover), ("@change", ChangeNumbers.Next(connection)));
        ShownTracks.Refresh(connection, id);
    }

    /// <summary>Moves a track to another release.</summary>
    public void Move(long id, long album)
    {
        connection.Execute(
            "UPDATE tracks SET album = @album, change = @change WHERE id = @id",
            ("@id", id), ("@album", album), ("@change", ChangeNumbers.Next(connection)));
        ShownTracks.Refresh(connection, id);
    }

    /// <summary>
    /// Takes a track out. What it was played and what was mended on it goes to the one that is in its place, if there is
    /// one; what it was played to the one that it was made one with, if there is that.
    /// </summary>
    public void Remove(long id, long? heir)
    {
        if (heir is { } inherits && _mends.Inherit(id, inherits, isNew: false))
        {
            ShownTracks.Refresh(connection, inherits);
            ChangeNumbers.Renumber(connection, inherits);
        }

        heir ??= _mends.MergedInto(id);
        _mends.Unmerge(id, heir);
        connection.Execute(
            "INSERT INTO removals (change, track) SELECT @change, track FROM tracks WHERE id = @id",
            ("@change", ChangeNumbers.Next(connection)), ("@id", id));
        connection.Execute(
            "UPDATE tracks SET plays = plays + (SELECT plays FROM tracks WHERE id = @id) WHERE id = @heir",
            ("@id", id), ("@heir", heir));
        connection.Execute("DELETE FROM tracks WHERE id = @id", ("@id", id));
    }

    // A recording's first track has the recording's own 128 bits: so it is the same one in a catalogue that is made anew.
    // The others' follow from their places.
    private string NewId(TrackPlace place)
    {
        var recording = connection.Query(
            "SELECT recording FROM recordings WHERE id = @id", ("@id", place.Recording))
            .Single(static row => row.GetString(0))!;
        if (!IsTaken(recording))
            return recording;

        var album = connection.Query("SELECT album FROM albums WHERE id = @id", ("@id", place.Album))
            .Single(static row => row.GetString(0));
        for (var attempt = 0; ; attempt++)
        {
            var text =
                $"track\n{recording}\n{album}\n{place.Disc}\n{place.Number}\n{place.Title}\n{place.Artists}\n{attempt}";
            var id = new TrackId(Id128.HashOf(Encoding.UTF8.GetBytes(text))).ToString();
            if (!IsTaken(id))
                return id;
        }
    }

    private bool IsTaken(string track) =>
        connection.Query("SELECT 1 FROM tracks WHERE track = @track", ("@track", track)).Single(static _ => true);
}
