using System.Globalization;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Mending;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Tests.Mending;

/// <summary>What was removed by hand stays out, and every mend can be undone.</summary>
public abstract class RemoveAndUndoTests(TestStore store) : MendingFixture(store)
{
    [Fact]
    public void Remove_Track_StaysOutWhenItsSourceComesAgain()
    {
        var track = Import("/m/A/1.flac", 1, "T1", "Album", 1);
        var other = Import("/m/A/2.flac", 2, "T2", "Album", 2);
        Mender.Remove(track, Librarian);
        Index.Follow();

        void AssertOut()
        {
            Assert.Null(Shown(track));
            Assert.Equal(["T2"], Titles("album:album"));
            Assert.Equal([("Album", "Artist", 1)], Releases());
            Assert.Equal(1, Shown(other)!.AlbumTracks);
        }

        AssertOut();
        var request = TestTracks.At("/m/A/1.flac", 1, "T1", "Artist", "Album", 1);
        request.Tags.AlbumArtists.Add("Artist");
        Assert.True(Updates.Add(NewTrackReader.Read(request)).IsRemoved);
        request.Tags.Title = "T1 anew";
        Assert.True(Updates.Add(NewTrackReader.Read(request)).IsRemoved);
        AssertOut();

        // The catalogue says so before anything is decoded.
        var found = Find(request);
        Assert.Equal((track, true, false), (found.Track, found.Removed, found.Outdated));
        Assert.False(Find(TestTracks.At("/m/A/2.flac", 2, "T2", "Artist", "Album", 2)).Removed);
    }

    [Fact]
    public void Restore_WhatWasRemoved_IsThereAsBeforeAndInTheLog()
    {
        var track = Import("/m/A/1.flac", 1, "T1", "Album", 1);
        Writer.AddPlays(new Dictionary<TrackId, int> { [TestTracks.TrackOf(1)] = 5 });
        Edit(track, static edit => edit.Title = "Mended");
        Mender.Remove(track, Librarian);
        var request = TestTracks.At("/m/A/1.flac", 1, "T1", "Artist", "Album", 1);
        request.Tags.AlbumArtists.Add("Artist");

        var restored = Updates.Restore(NewTrackReader.Read(request), "another");

        Assert.Equal((track, false), (restored.Track.ToString(), restored.IsRemoved));
        Assert.Equal(("Mended", 5), (Shown(track)!.Title, Describe(track).Plays));
        Assert.Equal(["Mended"], Titles("mended"));
        var logged = Entries.ListMends(0, 1).Mends[0];
        Assert.Equal((3, "another"), (logged.Number, logged.Account));
        Refused("change 3, made since", () => Undo(2));
    }

    [Fact]
    public void Remove_Release_TakesOutWhatItShowsAndLeavesWhatComesLater()
    {
        var track = Import("/m/A/1.flac", 1, "T1", "Album", 1);
        Import("/m/A/2.flac", 2, "T2", "Album", 2);
        var release = AlbumOf(track);

        Mender.Remove(release, Librarian);
        Index.Follow();

        Assert.Empty(Titles("album:album"));
        Assert.Null(Reader.FindAlbum(release));
        Assert.Empty(Entries.ListReleases(0, 10).Releases);
        Assert.All(Describe(release).Tracks, static one => Assert.Equal(1, one.Entry.Removed));
        Refused("shows no tracks", () => Mender.Remove(release, Librarian));
        Refused("was removed by change 1", () => Edit(track, static edit => edit.Title = "X"));

        Import("/m/A/3.flac", 3, "T3", "Album", 3);
        Assert.Equal([("Album", "Artist", 1)], Releases());
        Undo();
        Assert.Equal([("Album", "Artist", 3)], Releases());
    }

    [Fact]
    public void Undo_OfEachKindOfMend_ServesWhatWasBefore()
    {
        var tracks = Enumerable.Range(1, 4).Select(i => Import($"/m/A/{i}.flac", i, $"T{i}", "Album", i)).ToArray();
        var other = Import("/m/B/1.flac", 5, "T5", "Other", 1);
        var album = AlbumOf(tracks[0]);
        Writer.AddPlays(new Dictionary<TrackId, int> { [TestTracks.TrackOf(2)] = 7 });
        var before = Served();
        Func<MendDone>[] mends =
        [
            () => Edit(tracks[0], static edit => (edit.Title, edit.Number) = ("X", 9)),
            () => Edit(tracks[0], static edit => edit.Album = "Made"),
            () => Edit(tracks[0], edit => edit.Release = AlbumOf(other)),
            () => Edit(album, static edit => (edit.Title, edit.Year) = ("X", 1970)),
            () => Mender.Merge(album, AlbumOf(other), Librarian),
            () => Mender.Merge(AlbumOf(other), album, Librarian),
            () => Mender.Merge(tracks[0], tracks[1], Librarian),
            () => Mender.Split(album, [tracks[1], tracks[2]], "Apart", Librarian),
            () => Mender.Remove(tracks[1], Librarian),
            () => Mender.Remove(album, Librarian),
        ];

        foreach (var mend in mends)
        {
            var done = mend();
            Assert.NotEqual(before, Served());
            Assert.Equal(done.Number, Describe(Undo()).Undoes);
            Assert.Equal(before, Served());
        }

        Mend Describe(MendDone undone) => Entries.ListMends(undone.Number + 1, 1).Mends[0];
    }

    /// <summary>However they stand on each other, all are undone one after the other.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Undo_OfManyMends_ServesWhatWasBeforeEach(int seed)
    {
        for (var i = 0; i < 12; i++)
            Import($"/m/{i / 3}/{i % 3}.flac", i, $"T{i}", $"Album {i / 3}", (i % 3) + 1);

        var chance = new Random(seed);
        var served = new Stack<string>();
        for (var i = 0; i < 40; i++)
        {
            var before = Served();
            if (TryMend(chance))
                served.Push(before);
        }

        Assert.True(served.Count > 20, $"{served.Count} mends were made");
        for (; served.TryPop(out var before); Assert.Equal(before, Served()))
            Undo();

        Refused("nothing to undo", () => Undo());
    }

    [Fact]
    public void Undo_WhatOthersStandOn_SaysWhichAndChangesNothing()
    {
        var tracks = Enumerable.Range(1, 3).Select(i => Import($"/m/A/{i}.flac", i, $"T{i}", "Album", i)).ToArray();
        var made = Mender.Split(AlbumOf(tracks[0]), [tracks[1]], "", Librarian).Made;
        Edit(made, static edit => edit.Title = "Apart");
        Edit(tracks[0], edit => edit.Release = made);
        Edit(tracks[0], static edit => edit.Title = "X");
        Edit(tracks[0], static edit => edit.Genre = "Y");
        var before = Served();

        Refused("changes 2 and 3, made since", () => Undo(1));
        Refused("no change 99", () => Undo(99));
        Assert.Equal(before, Served());

        // What stands beside it does not matter.
        Undo(4);
        Assert.Equal(("T1", "Y"), (Shown(tracks[0])!.Title, Shown(tracks[0])!.Genre));
        Refused("undone already, by change 6", () => Undo(4));
        Refused("undid change 4", () => Undo(6));
        Undo(3);
        Undo(2);
        Undo(1);
        Assert.Equal([("Album", "Artist", 3)], Releases());
    }

    [Fact]
    public void Undo_WhatHasLeftTheCatalogue_SaysSo()
    {
        var track = Import("/m/A/1.flac", 1, "T1", "Album", 1);
        var two = Import("/m/A/2.flac", 2, "T2", "Album", 2);
        Mender.Remove(AlbumOf(track), Librarian);

        Updates.Remove(["/m/A/1.flac"]);
        Assert.Contains("but for 1 of 2", Undo().What, StringComparison.Ordinal);
        Assert.NotNull(Shown(two));

        Edit(two, static edit => edit.Title = "X");
        Updates.Remove(["/m/A/2.flac"]);
        Refused("has left the catalogue", () => Undo());
    }

    [Fact]
    public void Log_OfMends_SaysWhatWhoAndWhen()
    {
        var track = Import("/m/A/1.flac", 1, "Sogn", "Album", 1);
        Edit(track, static edit => (edit.Title, edit.Year) = ("Song", 1999));
        Mender.Undo(0, "another");

        var log = Entries.ListMends(0, 10).Mends;

        Assert.Equal([2L, 1], log.Select(static one => one.Number));
        Assert.Equal(
            $"track {track[..8]} \"Sogn\" by Artist: title \"Sogn\" is now \"Song\"; year none is now \"1999\"", log[1].What);
        Assert.Equal(("import", 2, 0), (log[1].Account, log[1].Undone, log[1].Undoes));
        Assert.Equal(("another", 0, 1), (log[0].Account, log[0].Undone, log[0].Undoes));
        Assert.Equal($"change 1 is undone: {log[1].What}", log[0].What);
        Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - log[0].TimeUnixMs, 0, 600_000);
        var page = Entries.ListMends(2, 1);
        Assert.Equal((1, false), (Assert.Single(page.Mends).Number, page.More));
        Assert.True(Entries.ListMends(0, 1).More);
    }

    private bool TryMend(Random chance)
    {
        var releases = Entries.ListReleases(0, 100).Releases.Select(static one => one.Id).ToArray();
        var tracks = releases.SelectMany(release => Reader.FindAlbum(release)!.Tracks).Select(static one => one.Track_).ToArray();
        if (tracks.Length < 2)
            return false;

        string Track() => tracks[chance.Next(tracks.Length)];
        string Release() => releases[chance.Next(releases.Length)];
        var number = chance.Next(1_000).ToString(CultureInfo.InvariantCulture);
        try
        {
            var done = chance.Next(10) switch
            {
                0 or 1 => Edit(Track(), edit => (edit.Title, edit.Year) = ($"Title {number}", 1900 + chance.Next(100))),
                2 => Edit(Track(), edit => edit.Album = $"Album {chance.Next(8)}"),
                3 => Edit(Track(), edit => edit.Release = Release()),
                4 => Edit(Release(), edit => (edit.Title, edit.Genre) = ($"Album {chance.Next(8)}", number)),
                5 => Mender.Merge(Release(), Release(), Librarian),
                6 => Mender.Merge(Track(), Track(), Librarian),
                7 or 8 => Split(Release()),
                _ => Mender.Remove(Track(), Librarian),
            };
            return done.Number > 0;
        }
        catch (MendException)
        {
            return false;
        }

        MendDone Split(string release) => Mender.Split(
            release, [Reader.FindAlbum(release)!.Tracks[0].Track_], chance.Next(2) == 0 ? "" : $"Split {number}", Librarian);
    }

    private FindSourceReply Find(AddTrackRequest request) => Sources.Find(new FindSourceRequest
    {
        SourceHash = request.SourceHash, Encoder = request.Encoder, Location = request.Location,
    });

    private static void Refused(string reason, Action mend) =>
        Assert.Contains(reason, Assert.Throws<MendException>(mend).Message, StringComparison.Ordinal);
}

public sealed class SqliteRemoveAndUndoTests() : RemoveAndUndoTests(new SqliteStore());

public sealed class PostgresRemoveAndUndoTests() : RemoveAndUndoTests(new PostgresStore());
