using System.Globalization;
using SpotifyCore.Backend.Mending;
using SpotifyCore.Backend.Searching;
using SpotifyCore.Backend.Tests.Catalogue;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Tests.Mending;

/// <summary>A catalogue that is mended by hand.</summary>
public abstract class MendingFixture(TestStore store) : CatalogueFixture(store)
{
    protected const string Librarian = "import";

    private protected MendDone Edit(string id, Action<EditEntryRequest> set)
    {
        var request = new EditEntryRequest { Id = id };
        set(request);
        var done = Mender.Edit(id, EntryEditReader.Read(request), Librarian);
        Index.Follow();
        return done;
    }

    private protected MendDone Undo(long number = 0)
    {
        var done = Mender.Undo(number, Librarian);
        Index.Follow();
        return done;
    }

    /// <summary>A source of an album at its place; what is there already is imported again.</summary>
    protected string Import(string location, int seed, string title, string album, int number)
    {
        var request = TestTracks.At(location, seed, title, "Artist", album, number);
        request.Tags.AlbumArtists.Add("Artist");
        return Put(request).Track.ToString();
    }

    protected string AlbumOf(string track) => Shown(track)!.Album;

    /// <summary>A track as listeners get it; null where it is not shown.</summary>
    protected Track? Shown(string track) =>
        Reader.FindTrack(TrackId.TryParse(track, out var id) ? id : throw new FormatException(track));

    protected EntryDetails Describe(string id) => Entries.Describe(id)!;

    /// <summary>
    /// All that the catalogue serves, to listeners, to the search and to librarians, and all that rests of it but the
    /// numbers of changes and the log.
    /// </summary>
    protected string Served()
    {
        var served = new StringWriter(CultureInfo.InvariantCulture);
        foreach (var (_, id, entry) in new CatalogueChanges(Database).ReadAfter(0, 100_000).OrderBy(static one => one.Track))
        {
            if (entry is not null)
                served.WriteLine(
                    $"{id} {entry.Title}|{string.Join(';', entry.Artists)}|{entry.Album}|{entry.Year}|{entry.Genre}|"
                    + $"{entry.Plays}|{entry.Release}|{entry.Added}");
        }

        foreach (var (kind, id) in Rows("SELECT 'track', track FROM tracks UNION ALL SELECT 'album', album FROM albums ORDER BY 2"))
        {
            served.WriteLine($"{kind} {id}");
            served.WriteLine(kind == "track" ? Shown(id)?.ToString() : Reader.FindAlbum(id)?.ToString());
            served.WriteLine(kind == "track" ? Opened(id) : "");
            served.WriteLine(Describe(id).ToString());
        }

        foreach (var (location, title) in Rows("SELECT coalesce(location, ''), name FROM sources ORDER BY id"))
            served.WriteLine($"{location} {title}");
        foreach (var table in new[] { "mended_tracks", "mended_releases", "tracks", "albums", "covers", "recordings" })
            served.WriteLine($"{table} {Count(table)}");

        return served.ToString();
    }

    private string Opened(string track) =>
        TrackId.TryParse(track, out var id) && Reader.Open(id, 160_000) is { } opened
            ? $"{Convert.ToHexString(opened.File)} {opened.Album}"
            : "can't be opened";

    private List<(string, string)> Rows(string sql)
    {
        using var connection = Database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<(string, string)>();
        while (reader.Read())
            rows.Add((reader.GetString(0), reader.GetString(1)));

        return rows;
    }
}
