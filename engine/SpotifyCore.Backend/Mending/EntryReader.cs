using System.Data.Common;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Data;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Mending;

/// <summary>Shows tracks, releases and the log to those who mend. Safe for many threads.</summary>
internal sealed class EntryReader(ServiceDatabase database)
{
    private const int MaxSources = 100;

    /// <summary>Tracks and releases whose ids begin so.</summary>
    public FindEntriesReply Find(string prefix, int limit)
    {
        using var connection = database.Open();
        var entries = new EntryTable(connection);
        CatalogueEntry[] found =
        [
            .. entries.TracksLike(prefix, limit + 1).Select(ToEntry),
            .. entries.ReleasesLike(prefix, limit + 1).Select(ToEntry),
        ];
        var reply = new FindEntriesReply { More = found.Length > limit };
        reply.Entries.AddRange(found.Take(limit));
        return reply;
    }

    /// <summary>Releases by title.</summary>
    public ListReleasesReply ListReleases(int offset, int limit)
    {
        using var connection = database.Open();
        var releases = new EntryTable(connection).ListReleases(offset, limit + 1);
        var reply = new ListReleasesReply { More = releases.Count > limit };
        reply.Releases.AddRange(releases.Take(limit).Select(ToEntry));
        return reply;
    }

    /// <summary>All that is known of a track or a release; null where there is none.</summary>
    public EntryDetails? Describe(string id)
    {
        using var connection = database.Open();
        var entries = new EntryTable(connection);
        return MendTable.IsTrack(id)
            ? entries.FindTrack(id) is { } track ? Describe(connection, track) : null
            : entries.FindRelease(id) is { } release ? Describe(connection, release) : null;
    }

    /// <summary>Mends before one, 0 for all, the latest first.</summary>
    public ListMendsReply ListMends(long before, int limit)
    {
        using var connection = database.Open();
        var mends = new MendLog(connection).List(before == 0 ? long.MaxValue : before, limit + 1);
        var reply = new ListMendsReply { More = mends.Count > limit };
        reply.Mends.AddRange(mends.Take(limit).Select(static mend => new Mend
        {
            Number = mend.Number,
            TimeUnixMs = mend.UnixMilliseconds,
            Account = mend.Account,
            What = PlainText.Of(mend.What),
            Undone = mend.Undone,
            Undoes = mend.Undoes,
        }));
        return reply;
    }

    private static EntryDetails Describe(DbConnection connection, TrackEntry track)
    {
        var details = new EntryDetails
        {
            Entry = ToEntry(track),
            Tags = new TrackTags
            {
                Title = PlainText.Of(track.Told.Title),
                Artists = { TrackRows.Split(track.Told.Artists) },
                AlbumTitle = PlainText.Of(track.ToldReleaseTitle),
                AlbumArtists = { TrackRows.Split(track.ToldReleaseArtists) },
                Disc = track.Told.Disc,
                Number = track.Told.Number,
                Year = track.Told.Year,
                Genre = PlainText.Of(track.Told.Genre),
            },
            Recording = track.Recording,
            Plays = track.Plays,
        };
        details.Mended.AddRange(track.Mended);
        details.Sources.AddRange(connection.Query(
            """
            SELECT location, name, encoder FROM sources WHERE track = @track
            ORDER BY coalesce(location, ''), name LIMIT @limit
            """,
            ("@track", track.Row), ("@limit", MaxSources))
            .All(static row => new EntrySource
            {
                Location = row.IsDBNull(0) ? "" : row.GetString(0), Name = row.GetString(1), Encoder = row.GetString(2),
            }));
        details.Merged.AddRange(new EntryTable(connection).MergedWithTrack(track.Id).Select(ToEntry));
        return details;
    }

    private static EntryDetails Describe(DbConnection connection, ReleaseEntry release)
    {
        var entries = new EntryTable(connection);
        var details = new EntryDetails
        {
            Entry = ToEntry(release),
            Tags = new TrackTags
            {
                AlbumTitle = PlainText.Of(release.ToldTitle), AlbumArtists = { TrackRows.Split(release.ToldArtists) },
            },
        };
        details.Mended.AddRange(release.Mended);
        details.Tracks.AddRange(entries.TracksOf(release).Select(track => Describe(connection, track)));
        details.Merged.AddRange(entries.MergedWithRelease(release.Id).Select(ToEntry));
        return details;
    }

    private static CatalogueEntry ToEntry(TrackEntry track) => new()
    {
        Id = track.Id,
        Title = PlainText.Of(track.Shown.Title),
        Artists = { TrackRows.Split(track.Shown.Artists) },
        Album = track.Release,
        AlbumTitle = PlainText.Of(track.ReleaseTitle),
        Disc = track.Shown.Disc,
        Number = track.Shown.Number,
        Year = track.Shown.Year,
        Genre = PlainText.Of(track.Shown.Genre),
        DurationMs = track.Milliseconds,
        Removed = track.Removed,
        Merged = track.Merged,
    };

    private static CatalogueEntry ToEntry(ReleaseEntry release) => new()
    {
        Id = release.Id,
        IsRelease = true,
        Title = PlainText.Of(release.Title),
        Artists = { TrackRows.Split(release.Artists) },
        Year = release.Year,
        Genre = PlainText.Of(release.Genre),
        Tracks = release.Tracks,
        Merged = release.Merged,
    };
}
