using SpotifyCore.Backend.Mending;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Tests.Mending;

/// <summary>What is shown of tracks and releases is changed by hand, and stays so.</summary>
public abstract class EditTests(TestStore store) : MendingFixture(store)
{
    [Fact]
    public void Edit_Track_IsShownFoundAndSaidToBeMended()
    {
        var track = Import("/m/A/1.flac", 1, "Misnamed", "Album", 1);

        var done = Edit(track, static edit =>
        {
            edit.Title = "Song";
            edit.Artists = new EditedNames { Names = { "Ann", "Bo; Co" } };
            (edit.Disc, edit.Number, edit.Year, edit.Genre) = (2, 7, 1999, "Jazz");
        });

        Assert.Equal(1, done.Number);
        var shown = Shown(track)!;
        Assert.Equal(("Song", 2, 7, 1999, "Jazz"), (shown.Title, shown.Disc, shown.Number, shown.Year, shown.Genre));
        Assert.Equal(["Ann", "Bo; Co"], shown.Artists);
        Assert.Equal(["Song"], Titles("song bo year:1999 genre:jazz"));
        Assert.Empty(Titles("title:misnamed"));

        var described = Describe(track);
        Assert.Equal(("Misnamed", 1, 0), (described.Tags.Title, described.Tags.Number, described.Tags.Year));
        Assert.Equal(["title", "artists", "disc", "number", "year", "genre"], described.Mended);
        Assert.Equal("/m/A/1.flac", Assert.Single(described.Sources).Location);
        Assert.Equal(TestTracks.TrackOf(1).ToString(), described.Recording);
    }

    [Fact]
    public void Edit_ThenImportedAgainAndRetagged_StaysUntilUndone()
    {
        var track = Import("/m/A/1.flac", 1, "Sogn", "Album", 1);
        Edit(track, static edit => (edit.Title, edit.Number) = ("Song", 5));

        Assert.Equal(track, Import("/m/A/1.flac", 1, "Sogn", "Album", 1));
        Assert.Equal(track, Import("/m/A/1.flac", 1, "Sonng", "Album", 2));
        Assert.Equal(("Song", 5), (Shown(track)!.Title, Shown(track)!.Number));
        Assert.Equal("Sonng", Describe(track).Tags.Title);

        Undo();
        Assert.Equal(("Sonng", 2), (Shown(track)!.Title, Shown(track)!.Number));
        Assert.Equal(["Sonng"], Titles("sonng"));
        Assert.Empty(Titles("title:song number:5"));
    }

    /// <summary>Each copy's source leaves the track when it is retagged; what was mended goes with the sound.</summary>
    [Fact]
    public void Edit_OfATrackWithTwoSourcesThatAreRetaggedOneByOne_Stays()
    {
        var track = Import("/m/A/1.flac", 1, "Sogn", "Album", 1);
        Assert.Equal(track, Import("/m/copy/1.flac", 1, "Sogn", "Album", 1));
        Edit(track, static edit => edit.Title = "Song");

        var first = Import("/m/A/1.flac", 1, "Sogn", "Album", 2);
        var second = Import("/m/copy/1.flac", 1, "Sogn", "Album", 2);

        Assert.Equal(first, second);
        Assert.Equal("Song", Shown(first)!.Title);
        Undo();
        Assert.Equal("Sogn", Shown(first)!.Title);
    }

    [Fact]
    public void Edit_Release_IsThatOfAllItShowsAndOfWhatComesLater()
    {
        var track = Import("/m/A/1.flac", 1, "T1", "Albun", 1);
        var release = AlbumOf(track);

        Edit(release, static edit =>
        {
            (edit.Album, edit.Year, edit.Genre) = ("Album", 2001, "Rock");
            edit.Artists = new EditedNames { Names = { "The Artist" } };
        });
        var later = Import("/m/A/2.flac", 2, "T2", "Albun", 2);

        var album = Reader.FindAlbum(release)!;
        Assert.Equal(("Album", 2001, 2), (album.Title, album.Year, album.Tracks.Count));
        Assert.Equal(["The Artist"], album.Artists);
        Assert.Equal(("Album", 2001, "Rock"), (Shown(later)!.AlbumTitle, Shown(later)!.Year, Shown(later)!.Genre));
        Assert.Equal(2, Titles("album:album year:2001").Count);
        Assert.Empty(Titles("album:albun"));

        // A track's own is nearer.
        Edit(later, static edit => edit.Year = 2002);
        Assert.Equal(2002, Shown(later)!.Year);
        Edit(later, static edit => edit.Year = 0);
        Assert.Equal(0, Shown(later)!.Year);
    }

    /// <summary>The id goes with the tracks when all of a release is retagged, and so does what was mended on it.</summary>
    [Fact]
    public void Edit_ReleaseThatIsRetaggedFileByFile_Stays()
    {
        string Tag(string album) => Enumerable.Range(1, 3)
            .Select(i => Import($"/m/A/{i}.flac", i, $"T{i}", album, i)).ToArray()[0];
        var release = AlbumOf(Tag("Typpo"));
        Edit(release, static edit => edit.Album = "The Typo");

        Assert.Equal(release, AlbumOf(Tag("Typo")));
        Assert.Equal([("The Typo", "Artist", 3)], Releases());
        Undo();
        Assert.Equal([("Typo", "Artist", 3)], Releases());
    }

    [Fact]
    public void Edit_AlbumOfATrack_PutsItOnThatOfItsArtistsOrOnANewOne()
    {
        var one = Import("/m/A/1.flac", 1, "T1", "Album", 1);
        var two = Import("/m/A/2.flac", 2, "T2", "Albun", 2);
        Add(TestTracks.At("/m/B/1.flac", 3, "Other", "Somebody", "Album", 1));
        Add(TestTracks.At("/m/B/2.flac", 4, "Other 2", "Somebody", "Other", 1));

        Assert.Empty(Edit(two, static edit => edit.Album = "Album").Made);
        Assert.Equal(AlbumOf(one), AlbumOf(two));
        Assert.Equal([1, 2], Reader.FindAlbum(AlbumOf(one))!.Tracks.Select(static track => track.Number));
        Assert.Equal(two, Import("/m/A/2.flac", 2, "T2 retagged", "Albun", 2));
        Assert.Equal(AlbumOf(one), AlbumOf(two));

        var made = Edit(two, static edit => edit.Album = "Other").Made;
        Assert.Equal((made, "Other"), (AlbumOf(two), Shown(two)!.AlbumTitle));
        Assert.Equal(["Artist"], Reader.FindAlbum(made)!.Artists);
        Edit(one, edit => edit.Release = made);
        Assert.Equal(2, Reader.FindAlbum(made)!.Tracks.Count);
    }

    [Fact]
    public void Edit_ToWhatItIs_ChangesNothing()
    {
        var track = Import("/m/A/1.flac", 1, "T1", "Album", 1);

        Assert.Equal(0, Edit(track, static edit => (edit.Title, edit.Number) = ("T1", 1)).Number);
        Assert.Empty(Entries.ListMends(0, 10).Mends);
    }

    [Fact]
    public void Edit_WhatCantBe_SaysWhyAndChangesNothing()
    {
        var track = Import("/m/A/1.flac", 1, "T1", "Album", 1);
        var before = Served();

        Refused("can't be empty", () => Edit(track, static edit => edit.Title = " \u202e "));
        Refused("can't be empty", () => Edit(track, static edit => edit.Album = ""));
        Refused("needs a name", () => Edit(track, static edit => edit.Artists = new EditedNames()));
        Refused("over 1000", () => Edit(track, static edit => edit.Genre = new string('x', 1_001)));
        Refused("must be 0 to", () => Edit(track, static edit => edit.Year = -1));
        Refused("no disc", () => Edit(AlbumOf(track), static edit => (edit.Title, edit.Number) = ("X", 1)));
        Refused("no release", () => Edit(track, static edit => (edit.Title, edit.Release) = ("X", new string('0', 32))));
        Refused("no track or release", () => Edit("x", static edit => edit.Title = "X"));
        Refused("no track or release", () => Edit(TestTracks.TrackOf(9).ToString(), static edit => edit.Title = "X"));

        Assert.Equal(before, Served());
        Assert.Equal((0, 0), (Count("mends"), Count("mend_values")));
    }

    [Fact]
    public void Find_ByTheBeginningOfAnId_GivesTracksAndReleases()
    {
        var track = Import("/m/A/1.flac", 1, "T1", "Album", 1);
        var release = AlbumOf(track);

        Assert.Equal(track, Assert.Single(Entries.Find(track[..8], 20).Entries).Id);
        Assert.Equal(track, Assert.Single(Entries.Find(track, 20).Entries).Id);
        var found = Assert.Single(Entries.Find(release[..8], 20).Entries);
        Assert.Equal((release, true, "Album", 1), (found.Id, found.IsRelease, found.Title, found.Tracks));
        Assert.Empty(Entries.Find(track + "0", 20).Entries);
        Assert.Empty(Entries.Find("%", 20).Entries);

        for (var seed = 100; seed < 400; seed++)
            Add(seed, $"Track {seed}");

        var many = Entries.Find(track[..1], 3);
        Assert.Equal((3, true), (many.Entries.Count, many.More));
        Assert.All(many.Entries, one => Assert.StartsWith(track[..1], one.Id, StringComparison.Ordinal));
    }

    [Fact]
    public void ListReleases_InPages_GivesThoseShownByTitle()
    {
        foreach (var (title, i) in new[] { "b", "C", "a" }.Select(static (title, i) => (title, i)))
            Import($"/m/{title}/1.flac", i, "T", title, 1);

        var first = Entries.ListReleases(0, 2);
        Assert.Equal(["a", "b"], first.Releases.Select(static one => one.Title));
        Assert.True(first.More);
        Assert.Equal("C", Assert.Single(Entries.ListReleases(2, 2).Releases).Title);
    }

    private static void Refused(string reason, Action mend) =>
        Assert.Contains(reason, Assert.Throws<MendException>(mend).Message, StringComparison.Ordinal);
}

public sealed class SqliteEditTests() : EditTests(new SqliteStore());

public sealed class PostgresEditTests() : EditTests(new PostgresStore());
