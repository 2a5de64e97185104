using SpotifyCore.Backend.Mending;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Content.Identity;

namespace SpotifyCore.Backend.Tests.Mending;

/// <summary>Several are made one by hand, and one several; they stay so.</summary>
public abstract class MergeTests(TestStore store) : MendingFixture(store)
{
    [Fact]
    public void Merge_Releases_AreOneAlsoWhenTheirSourcesComeAgain()
    {
        var (one, two) = ImportTwo();
        var (stays, with) = (AlbumOf(one), AlbumOf(two));

        Mender.Merge(stays, with, Librarian);
        Index.Follow();

        void AssertOne(int tracks)
        {
            Assert.Equal([("Album", "Artist", tracks)], Releases());
            Assert.Equal((stays, stays), (AlbumOf(one), AlbumOf(two)));
            Assert.Equal(tracks, Shown(one)!.AlbumTracks);
            Assert.Equal(tracks, Titles("album:album artist:artist").Count);
            Assert.Empty(Titles("album:edition"));
        }

        AssertOne(2);
        Assert.Equal(stays, Reader.FindAlbum(with)!.Album_);
        Assert.Equal(two, Import("/m/B/2.flac", 2, "T2", "Album (Edition)", 2));
        Import("/m/B/3.flac", 3, "T3", "Album (Edition)", 3);
        AssertOne(3);
    }

    [Fact]
    public void Merge_ReleasesThatAreMergedAndSplitThemselves_AreAllOne()
    {
        var (one, two) = ImportTwo();
        var three = Import("/m/C/3.flac", 3, "T3", "Third", 3);
        var four = Import("/m/C/4.flac", 4, "T4", "Third", 4);
        var before = Served();

        Mender.Merge(AlbumOf(two), AlbumOf(three), Librarian);
        var made = Mender.Split(AlbumOf(two), [three, two], "Apart", Librarian).Made;
        Mender.Merge(AlbumOf(one), made, Librarian);
        Mender.Merge(AlbumOf(one), AlbumOf(four), Librarian);

        Assert.All([two, three, four], track => Assert.Equal(AlbumOf(one), AlbumOf(track)));
        for (var i = 0; i < 4; i++)
            Undo();

        Assert.Equal(before, Served());
    }

    [Fact]
    public void Merge_Tracks_AreOneWithThePlaysOfBoth()
    {
        var (one, two) = ImportTwo();
        Writer.AddPlays(new Dictionary<TrackId, int> { [Id(one)] = 3, [Id(two)] = 4 });

        Mender.Merge(one, two, Librarian);
        Index.Follow();

        Assert.Equal(["T1"], Titles("artist:artist"));
        Assert.Equal(7, Describe(one).Plays);
        Assert.Equal(one, Shown(two)!.Track_);
        Assert.Equal(Reader.Open(Id(one), 1)!.File, Reader.Open(Id(two), 1)!.File);
        Assert.Equal(two, Assert.Single(Describe(one).Merged).Id);

        // Whoever opens the second plays the first, also when the second's source comes again.
        Import("/m/B/2.flac", 2, "T2", "Album (Edition)", 2);
        Writer.AddPlays(new Dictionary<TrackId, int> { [Id(two)] = 10 });
        Assert.Equal(17, Describe(one).Plays);

        Undo();
        Assert.Equal((13L, 4L), (Describe(one).Plays, Describe(two).Plays));
        Assert.Equal(["T1", "T2"], Titles("artist:artist").Order());
    }

    [Fact]
    public void Remove_SourceOfATrackThatOthersAreOneWith_LeavesThemForThemselves()
    {
        var (one, two) = ImportTwo();
        Mender.Merge(one, two, Librarian);

        Updates.Remove(["/m/A/1.flac"]);

        Assert.Null(Shown(one));
        Assert.Equal((two, "T2"), (Shown(two)!.Track_, Shown(two)!.Title));
        Assert.Equal(["T2"], Titles("artist:artist"));
        Assert.Throws<MendException>(() => Undo());
    }

    [Fact]
    public void Remove_SourceOfATrackThatIsOneWithAnother_LeavesItsPlaysThere()
    {
        var (one, two) = ImportTwo();
        Writer.AddPlays(new Dictionary<TrackId, int> { [Id(one)] = 3, [Id(two)] = 4 });
        Mender.Merge(one, two, Librarian);

        Updates.Remove(["/m/B/2.flac"]);

        Assert.Equal((7L, 1), (Describe(one).Plays, Count("tracks")));
    }

    [Fact]
    public void Remove_AllSourcesOfReleasesThatAreOne_LeavesNothing()
    {
        var (one, two) = ImportTwo();
        Mender.Merge(AlbumOf(one), AlbumOf(two), Librarian);

        Updates.Remove(["/m/A/1.flac"]);
        Assert.Equal([("Album", "Artist", 1)], Releases());
        Updates.Remove(["/m/B/2.flac"]);

        Assert.Equal((0, 0, 0), (Count("albums"), Count("mended_releases"), Count("mended_tracks")));
    }

    [Fact]
    public void Split_Tracks_AreOnAReleaseOfTheirOwnAlsoWhenTheyComeAgain()
    {
        var tracks = Enumerable.Range(1, 4).Select(i => Import($"/m/A/{i}.flac", i, $"T{i}", "Album", i)).ToArray();
        var release = AlbumOf(tracks[0]);

        var made = Mender.Split(release, [tracks[2], tracks[3]], "", Librarian).Made;
        Index.Follow();

        Assert.Equal([("Album", "Artist", 2), ("Album", "Artist", 2)], Releases());
        Assert.Equal((made, made), (AlbumOf(tracks[2]), AlbumOf(tracks[3])));
        Import("/m/A/3.flac", 3, "T3 anew", "Album", 3);
        Import("/m/A/5.flac", 5, "T5", "Album", 5);
        Assert.Equal((made, 3), (AlbumOf(tracks[2]), Reader.FindAlbum(release)!.Tracks.Count));

        Edit(made, static edit => edit.Title = "Bonus");
        Assert.Equal(["T3 anew", "T4"], Titles("album:bonus").Order());

        // What was made for them goes with the last of them.
        Updates.Remove(["/m/A/3.flac", "/m/A/4.flac"]);
        Assert.Equal([("Album", "Artist", 3)], Releases());
        Assert.Equal((1, 0), (Count("albums"), Count("mended_releases")));
    }

    [Fact]
    public void MergeAndSplit_WhatCantBe_SayWhyAndChangeNothing()
    {
        var (one, two) = ImportTwo();
        var release = AlbumOf(one);
        var before = Served();

        Refused("one track already", () => Mender.Merge(one, one, Librarian));
        Refused("one release already", () => Mender.Merge(release, release, Librarian));
        Refused("one with a track", () => Mender.Merge(release, one, Librarian));
        Refused("no track or release", () => Mender.Merge(release, new string('0', 32), Librarian));
        Refused("is no track of", () => Mender.Split(release, [two], "", Librarian));
        Refused("all its tracks", () => Mender.Split(release, [one], "", Librarian));
        Assert.Equal(before, Served());

        Mender.Merge(one, two, Librarian);
        Refused("was made one with", () => Edit(two, static edit => edit.Title = "X"));
    }

    private (string One, string Two) ImportTwo() => (
        Import("/m/A/1.flac", 1, "T1", "Album", 1), Import("/m/B/2.flac", 2, "T2", "Album (Edition)", 2));

    private static TrackId Id(string track) => TrackId.TryParse(track, out var id) ? id : default;

    private static void Refused(string reason, Action mend) =>
        Assert.Contains(reason, Assert.Throws<MendException>(mend).Message, StringComparison.Ordinal);
}

public sealed class SqliteMergeTests() : MergeTests(new SqliteStore());

public sealed class PostgresMergeTests() : MergeTests(new PostgresStore());
