using System.Data.Common;
using System.Globalization;
using System.Text;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Releases;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>
/// Releases, within one transaction. A release is its row, and keeps its id whatever its sources come to say of it; when
/// most of its tracks have gone to another one, the id has gone with them.
/// </summary>
internal sealed class ReleaseTable(DbConnection connection)
{
    /// <summary>
    /// Gives each of the sources that have a key in common its release: those that are of one get the row that most of
    /// them have so far, or a new one. The releases are named as their sources say.
    /// </summary>
    public IReadOnlyList<(ReleaseMember Member, long Album)> Assign(string key, IReadOnlyList<ReleaseMember> members)
    {
        var groups = ReleaseGrouping.Split(key, members);
        var albums = Match(key, groups);
        var assigned = new List<(ReleaseMember, long)>();
        foreach (var (group, index) in groups.Select(static (group, index) => (group, index)))
        {
            var name = ReleaseName.Of(group);
            var album = albums[index] ?? Adopt(key, name, albums) ?? Add(key, group, name);
            albums[index] = album;
            Rename(album, name);
            assigned.AddRange(group.Select(member => (member, album)));
        }

        return assigned;
    }

    /// <summary>Makes a release of which no source tells, for tracks to be put on.</summary>
    /// <returns>Its id.</returns>
    public string Make(long mend, string title, string artists)
    {
        var id = FreeId(string.Create(CultureInfo.InvariantCulture, $"made\n{mend}\n{title}\n{artists}"));
        connection.Execute(
            "INSERT INTO albums (album, title, artists, made) VALUES (@album, @title, @artists, 1)",
            ("@album", id), ("@title", title), ("@artists", artists));
        return id;
    }

    /// <summary>A track has gone from one release to another.</summary>
    public void Moved(long? from, long? to)
    {
        if (from == to)
            return;

        connection.Execute(
            "UPDATE albums SET moved = moved + 1 WHERE id = @to AND origin = @from", ("@from", from), ("@to", to));
        connection.Execute(
            "UPDATE albums SET moved = moved - 1 WHERE id = @from AND origin = @to AND moved > 0",
            ("@from", from), ("@to", to));
    }

    /// <summary>Gives the id of a release that tracks were moved from to where most have gone.</summary>
    public void PassId(long album)
    {
        var heir = connection.Query(
            """
            SELECT id FROM albums
            WHERE origin = @album AND moved > (SELECT count(*) FROM tracks WHERE album = @album)
            ORDER BY moved DESC, id LIMIT 1
            """,
            ("@album", album))
            .Single(static row => (long?)row.GetInt64(0));
        if (heir is null)
            return;

        var (own, others) = (IdOf(album), IdOf(heir.Value));
        SetId(album, "", heir);
        SetId(heir.Value, own, null);
        SetId(album, others, heir);
        ShownTracks.RefreshRelease(connection, album);
        ShownTracks.RefreshRelease(connection, heir.Value);
        ChangeNumbers.RenumberAlbum(connection, album);
        ChangeNumbers.RenumberAlbum(connection, heir.Value);
    }

    /// <summary>
    /// Takes a release out if it has no tracks any more, and none were put on it or made one with it by hand.
    /// </summary>
    public void DropEmpty(long album)
    {
        var dropped = connection.Query(
            """
            DELETE FROM albums WHERE id = @album
              AND NOT EXISTS (SELECT 1 FROM tracks WHERE album = @album OR shown = @album)
              AND NOT EXISTS (SELECT 1 FROM mended_tracks m WHERE m.release = albums.album)
              AND NOT EXISTS (SELECT 1 FROM mended_releases n WHERE n.merged = albums.album)
            RETURNING album
            """,
            ("@album", album))
            .Single(static row => row.GetString(0));
        if (dropped is null)
            return;

        connection.Execute("UPDATE albums SET origin = NULL, moved = 0 WHERE origin = @album", ("@album", album));
        var with = connection.Query(
            """
            SELECT a.id FROM mended_releases n JOIN albums a ON a.album = n.merged WHERE n.release = @release
            """,
            ("@release", dropped))
            .Single(static row => (long?)row.GetInt64(0));
        connection.Execute("DELETE FROM mended_releases WHERE release = @release", ("@release", dropped));
        if (with is { } other)
            DropEmpty(other);
    }

    // Which row each group takes: that which most of its members have, and no other group has more of.
    private long?[] Match(string key, IReadOnlyList<IReadOnlyList<ReleaseMember>> groups)
    {
        var albums = new long?[groups.Count];
        var candidates = groups
            .SelectMany(static (group, index) => group.Where(static member => member.Album is not null)
                .GroupBy(static member => member.Album!.Value)
                .Select(all => (Index: index, Album: all.Key, Count: all.Count())))
            .OrderByDescending(static one => one.Count).ThenBy(static one => one.Album).ThenBy(static one => one.Index);
        foreach (var (index, album, _) in candidates)
        {
            if (albums[index] is null && !albums.Contains(album) && MayTake(album, key, groups[index]))
                albums[index] = album;
        }

        return albums;
    }

    // Unless it is that of others: of another key, or not seen since it was imported before there were keys, where it
    // has another title.
    private bool MayTake(long album, string key, IReadOnlyList<ReleaseMember> group)
    {
        var own = group.Select(static member => member.Source).ToHashSet();
        var title = connection.Query("SELECT title FROM albums WHERE id = @album", ("@album", album))
            .Single(static row => row.GetString(0)) ?? "";
        var isNamedSo = CreditedNames.Fold(title) == CreditedNames.Fold(ReleaseName.Of(group).Title);
        return connection.Query(
            "SELECT s.id, s.release FROM tracks t JOIN sources s ON s.track = t.id WHERE t.album = @album",
            ("@album", album))
            .All(static row => (Source: row.GetInt64(0), Release: row.IsDBNull(1) ? null : row.GetString(1)))
            .TrueForAll(other => own.Contains(other.Source) || other.Release == key
                || (other.Release is null && isNamedSo));
    }

    // One of the same name that was imported before there were keys, and is not seen since.
    private long? Adopt(string key, ReleaseName name, long?[] taken) => connection.Query(
        """
        SELECT a.id FROM albums a WHERE a.title = @title AND a.artists = @artists AND a.made = 0
          AND NOT EXISTS (SELECT 1 FROM tracks t JOIN sources s ON s.track = t.id
            WHERE t.album = a.id AND s.release IS NOT NULL AND s.release <> @key)
        ORDER BY a.id
        """,
        ("@title", name.Title), ("@artists", TrackRows.Join(name.Artists)), ("@key", key))
        .All(static row => (long?)row.GetInt64(0))
        .Find(album => !taken.Contains(album));

    private long Add(string key, IReadOnlyList<ReleaseMember> group, ReleaseName name) => connection.Query(
        """
        INSERT INTO albums (album, title, artists, origin) VALUES (@album, @title, @artists, @origin) RETURNING id
        """,
        ("@album", NewId(key, group)), ("@title", name.Title), ("@artists", TrackRows.Join(name.Artists)),
        ("@origin", group.Select(static member => member.Album).FirstOrDefault(static album => album is not null)))
        .Single(static row => row.GetInt64(0));

    private void Rename(long album, ReleaseName name)
    {
        var renamed = connection.Execute(
            """
            UPDATE albums SET title = @title, artists = @artists
            WHERE id = @album AND (title <> @title OR artists <> @artists)
            """,
            ("@album", album), ("@title", name.Title), ("@artists", TrackRows.Join(name.Artists)));
        if (renamed > 0)
            ChangeNumbers.RenumberAlbum(connection, album);
    }

    private string? IdOf(long album) => connection.Query("SELECT album FROM albums WHERE id = @album", ("@album", album))
        .Single(static row => row.GetString(0));

    private void SetId(long album, string? id, long? origin) => connection.Execute(
        "UPDATE albums SET album = @id, origin = @origin, moved = 0 WHERE id = @album",
        ("@album", album), ("@id", id), ("@origin", origin));

    private string NewId(string key, IReadOnlyList<ReleaseMember> group) => FreeId(string.Create(
        CultureInfo.InvariantCulture, $"release\n{key}\n{group.Max(static member => member.Year)}"));

    private string FreeId(string from)
    {
        for (var attempt = 0; ; attempt++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{from}\n{attempt}");
            var id = Id128.HashOf(Encoding.UTF8.GetBytes(text)).ToString();
            if (!connection.Query("SELECT 1 FROM albums WHERE album = @album", ("@album", id)).Single(static _ => true))
                return id;
        }
    }
}
