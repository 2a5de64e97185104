using System.Security.Cryptography;
using Google.Protobuf;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Searching;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Tests.Catalogue;

/// <summary>The catalogue shows sources as they are: retagged, moved, replaced, gone.</summary>
public abstract class FollowingTests(TestStore store) : CatalogueFixture(store)
{
    [Fact]
    public void Add_OneSoundOnAlbumAndSampler_IsATrackOfEach()
    {
        var album = Add("/m/Hit/album.flac", 1, "The Hit", "First Album", 1);
        var sampler = Add("/m/Hit/sampler.flac", 1, "The Hit", "Best of Radio", 7, "Various Artists");

        Assert.NotEqual(album, sampler);
        Assert.Equal([("Best of Radio", "Various Artists", 1), ("First Album", "Artist", 1)], Releases().Order());
        Assert.Equal((1, 2, 1, 2), (Count("recordings"), Count("tracks"), Count("files"), Titles("the hit").Count));
        Assert.Equal(Reader.Open(album, 1)!.File, Reader.Open(sampler, 1)!.File);
        Assert.Single(Sources.ListFiles([], 10).Files);

        Writer.AddPlays(new Dictionary<TrackId, int> { [sampler] = 3 });
        Assert.Equal([0L, 3L], PlaysOf(album, sampler));
    }

    [Fact]
    public void Add_EqualPauses_AreATrackEach()
    {
        foreach (var number in new[] { 11, 12, 13 })
            Add($"/m/Silence/{number}.flac", 1, $"Pause {number}", "Broken Pieces", number);

        Assert.Equal([11, 12, 13], Assert.Single(Albums()).Tracks.Select(static track => track.Number));
        Assert.Equal(1, Count("recordings"));
    }

    [Fact]
    public void Add_EqualPausesWithoutNumbers_AreATrackEach()
    {
        foreach (var name in new[] { "a", "b", "c" })
            Add($"/m/Silence/{name}.flac", 1, $"Pause {name}", "Broken Pieces", 0);

        Assert.Equal(["Pause a", "Pause b", "Pause c"], Assert.Single(Albums()).Tracks.Select(static track => track.Title));
    }

    [Fact]
    public void Add_Retagged_IsTheSameTrackAndReleaseAndBackAgain()
    {
        var tracks = Enumerable.Range(1, 3).Select(i => Add($"/m/A/{i}.flac", i, $"T{i}", "Typpo", i)).ToArray();
        var release = Assert.Single(Albums());
        Writer.AddPlays(new Dictionary<TrackId, int> { [tracks[0]] = 5 });

        foreach (var title in new[] { "Typo", "Typpo", "Typo" })
        {
            for (var i = 1; i <= 3; i++)
                Assert.Equal(tracks[i - 1], Add($"/m/A/{i}.flac", i, $"{title} {i}", title, i));

            var retagged = Assert.Single(Albums());
            Assert.Equal((release.Album_, title), (retagged.Album_, retagged.Title));
            Assert.Equal(
                tracks.Select(static track => track.ToString()), retagged.Tracks.Select(static track => track.Track_));
            Assert.Equal(3, Titles($"album:{title}").Count);
        }

        Assert.Equal([5L], PlaysOf(tracks[0]));
        Assert.Equal((3, 3, 3), (Count("tracks"), Count("sources"), Count("recordings")));
    }

    [Fact]
    public void Add_OneTrackOfAnAlbumRetagged_LeavesTheOthersWhatTheyAre()
    {
        var (one, _) = (Add("/m/A/1.flac", 1, "T1", "Album", 1), Add("/m/A/2.flac", 2, "T2", "Album", 2));
        var release = Assert.Single(Albums()).Album_;

        Assert.Equal(one, Add("/m/A/1.flac", 1, "T1", "Other", 1));
        Assert.Equal([("Album", "Artist", 1), ("Other", "Artist", 1)], Releases().Order());
        Assert.Equal("Album", Reader.FindAlbum(release)!.Title);

        Assert.Equal(one, Add("/m/A/1.flac", 1, "T1", "Album", 1));
        Assert.Equal(release, Assert.Single(Albums()).Album_);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Add_Moved_IsTheSameTrackAndRelease(bool isRetagged)
    {
        var tracks = Enumerable.Range(1, 3).Select(i => Add($"/m/A/{i}.flac", i, $"T{i}", "Album", i)).ToArray();
        var release = Assert.Single(Albums()).Album_;

        for (var i = 1; i <= 3; i++)
        {
            var request = Request($"/m/B/x{i}.flac", i, $"T{i}", isRetagged ? "Renamed" : "Album", i);
            request.MovedFrom = $"/m/A/{i}.flac";
            Assert.Equal(tracks[i - 1], Put(request).Track);
        }

        var moved = Assert.Single(Albums());
        Assert.Equal((release, 3, 3), (moved.Album_, moved.Tracks.Count, Count("sources")));
        Assert.Equal(isRetagged ? "Renamed" : "Album", moved.Title);
    }

    [Fact]
    public void Add_ReplacedByAnotherSound_IsTheSameTrackWithOtherFiles()
    {
        var track = Add("/m/A/1.flac", 1, "T1", "Album", 1);
        var file = Reader.Open(track, 1)!.File;

        Assert.Equal(track, Add("/m/A/1.flac", 2, "T1, better", "Album", 1));
        Assert.NotEqual(file, Reader.Open(track, 1)!.File);
        Assert.Equal((1, 2), (Count("tracks"), Count("recordings")));
    }

    [Fact]
    public void Add_OverwrittenByAnotherSong_IsDisplacedUntilTakenOut()
    {
        var track = Add("/m/A/1.flac", 1, "T1", "Album", 1);

        Assert.NotEqual(track, Add("/m/A/1.flac", 2, "Other", "Another", 5));
        Assert.NotNull(Reader.FindTrack(track));
        var listed = List("/m/A/", "", 10).Sources;
        Assert.Equal([("Other", false), ("T1", true)], listed.Select(static one => (one.Title, one.Displaced)));

        Updates.Remove([listed[1].Location]);
        Assert.Null(Reader.FindTrack(track));
        Assert.Empty(Titles("t1"));
        Assert.Equal([("Another", "Artist", 1)], Releases());
    }

    /// <summary>As when a file is put in front and the others are numbered anew; each may be seen first.</summary>
    [Theory]
    [InlineData(false, 1, 2, 3)]
    [InlineData(false, 3, 2, 1)]
    [InlineData(false, 2, 3, 1)]
    [InlineData(true, 1, 2, 3)]
    [InlineData(true, 3, 2, 1)]
    [InlineData(true, 2, 3, 1)]
    public void Add_NamesChangedAmongEachOther_AreTheSameTracks(bool haveOneSound, params int[] order)
    {
        AddTrackRequest RequestOf(int i) => TestTracks.At(
            $"/m/A/{i}.flac", haveOneSound ? 1 : i, $"T{i}", "Artist", $"Album {i}", i);
        var tracks = Enumerable.Range(1, 3).Select(i => Put(RequestOf(i)).Track).ToArray();
        Writer.AddPlays(tracks.ToDictionary(static track => track, static _ => 1));
        var requests = Enumerable.Range(1, 3).Select(RequestOf).ToArray();

        foreach (var i in order)
        {
            var request = requests[i - 1];
            var at = $"/m/A/{(i % 3) + 1}.flac";
            var known = Sources.Find(new FindSourceRequest
            {
                SourceHash = request.SourceHash, Encoder = request.Encoder, Location = at,
            });
            Assert.True(known.Outdated);
            request.Location = at;
            request.MovedFrom = known.Locations.FirstOrDefault(static one => !one.EndsWith(".flac", StringComparison.Ordinal)) ?? "";
            Put(request);
        }

        Assert.DoesNotContain(List("/m/", "", 10).Sources, static one => one.Displaced);
        Assert.Equal([1L, 1L, 1L], PlaysOf(tracks));
        Assert.Equal((3, 3, 3), (Count("tracks"), Count("sources"), Count("albums")));
        Assert.Equal(
            tracks.Select(static track => track.ToString()),
            new[] { 2, 3, 1 }.Select(i => List($"/m/A/{i}", "", 1).Sources[0].Track));
    }

    [Fact]
    public void PassId_OfARelease_IsFoundByTheSearch()
    {
        for (var i = 1; i <= 3; i++)
            Add($"/m/A/{i}.flac", i, $"T{i}", "Before", i);
        for (var i = 1; i <= 2; i++)
            Add($"/m/A/{i}.flac", i, $"T{i}", "After", i);

        foreach (var entry in new CatalogueChanges(Database).ReadAfter(0, 100).Select(static one => one.Entry!))
            Assert.Equal(entry.Release, Albums().Single(album => album.Title == entry.Album).Album_);

        var (before, after) = (new CatalogueChanges(Database).ReadState().Change, Reader.FindTrack(TestTracks.TrackOf(1))!);
        Add("/m/A/3.flac", 3, "T3", "After", 3);
        Assert.Equal((after.Album, 3), (Assert.Single(Albums()).Album_, Titles("album:after").Count));
        Assert.NotEmpty(new CatalogueChanges(Database).ReadAfter(before, 10));
    }

    [Fact]
    public void Add_CopyOfASource_IsTheSameTrackUntilBothAreGone()
    {
        var track = Add("/m/A/1.flac", 1, "T1", "Album", 1, "Artist");
        Assert.Equal(track, Add("/m/copy/1.flac", 1, "T1", "Album", 1, "Artist"));

        Assert.Equal((1, 0), Updates.Remove(["/m/A/1.flac", "/m/unknown"]));
        Assert.NotNull(Reader.FindTrack(track));
        Assert.Equal((1, 1), Updates.Remove(["/m/copy/1.flac"]));
        Assert.Null(Reader.FindTrack(track));
    }

    [Fact]
    public void Add_OneOfTwoCopiesRetagged_IsATrackOfItsOwn()
    {
        var track = Add("/m/A/1.flac", 1, "T1", "Album", 1, "Artist");
        Add("/m/copy/1.flac", 1, "T1", "Album", 1, "Artist");

        var retagged = Add("/m/copy/1.flac", 1, "T1", "Album", 2, "Artist");

        Assert.NotEqual(track, retagged);
        Assert.Equal([1, 2], Assert.Single(Albums()).Tracks.Select(static one => one.Number));

        // Back again it is one, and what it was played meanwhile counts.
        Writer.AddPlays(new Dictionary<TrackId, int> { [retagged] = 2 });
        Assert.Equal(track, Add("/m/copy/1.flac", 1, "T1", "Album", 1, "Artist"));
        Assert.Null(Reader.FindTrack(retagged));
        Assert.Equal([2L], PlaysOf(track));
    }

    [Fact]
    public void Remove_LastOfARelease_TakesAllOfItOutButTheSound()
    {
        var request = Request("/m/A/1.flac", 1, "Gone soon", "Album", 1);
        request.Cover = new Cover { MediaType = "image/png", Data = ByteString.CopyFrom(1, 2, 3) };
        var track = Put(request).Track;
        var file = FileId.Read(Reader.Open(track, 1)!.File);

        Assert.Equal((1, 1), Updates.Remove(["/m/A/1.flac"]));

        Assert.Equal((0, 0, 0, 0), (Count("tracks"), Count("albums"), Count("covers"), Count("sources")));
        Assert.Empty(Titles("gone soon"));
        Assert.Empty(Sources.ListFiles([], 10).Files);
        Assert.True(Reader.HasFile(file));

        // It comes back without its files, and with its id.
        request.Files.Clear();
        Assert.Equal(new AddedTrack(track, false), Put(request));
        Assert.Equal(["Gone soon"], Titles("gone soon"));
    }

    [Fact]
    public void Remove_OfAReleaseThatStays_LeavesIt()
    {
        Add("/m/A/1.flac", 1, "T1", "Album", 1);
        Add("/m/A/2.flac", 2, "T2", "Album", 2);
        var release = Assert.Single(Albums()).Album_;

        Updates.Remove(["/m/A/1.flac"]);

        Assert.Equal((release, 1), (Assert.Single(Albums()).Album_, Count("tracks")));
    }

    [Fact]
    public void Add_WithoutFilesOfAnUnknownSound_SaysSoAndChangesNothing()
    {
        var request = Request("/m/1.flac", 1, "T1", "Album", 1);
        request.Files.Clear();
        Assert.Contains("no files", Assert.Throws<NewTrackException>(() => Put(request)).Message, StringComparison.Ordinal);

        Add("/m/2.flac", 1, "T1", "Album", 1);
        request.Encoder = "another";
        Assert.Throws<NewTrackException>(() => Put(request));
        Assert.Equal((1, 1), (Count("sources"), Count("tracks")));
    }

    [Fact]
    public void FindSource_ByHashEssenceOrSamples_GivesTheSoundAndWhetherItIsUpToDate()
    {
        var request = Request("/m/A/1.flac", 1, "T1", "Album", 1);
        request.Essence = ByteString.CopyFrom(SHA256.HashData([7]));
        var track = Put(request).Track.ToString();
        var known = new FindSourceRequest
        {
            SourceHash = request.SourceHash, Encoder = request.Encoder, Location = request.Location,
        };
        var other = ByteString.CopyFrom(new byte[32]);

        var found = Sources.Find(known);
        Assert.Equal((track, request.Track, false), (found.Track, found.Recording, found.Outdated));
        Assert.Equal(TestTracks.FileIdOf(request.Files[0]), Assert.Single(found.Files).ToByteArray());
        Assert.Empty(found.Locations);

        var moved = Sources.Find(new FindSourceRequest(known) { Location = "/m/B/1.flac" });
        Assert.Equal((true, request.Location), (moved.Outdated, Assert.Single(moved.Locations)));
        Assert.True(Sources.Find(new FindSourceRequest(known) { SourceHash = other, Essence = request.Essence }).Outdated);
        Assert.True(Sources.Find(new FindSourceRequest(known) { SourceHash = other, Recording = request.Track }).Outdated);
        Assert.Empty(Sources.Find(new FindSourceRequest(known) { SourceHash = other }).Recording);
        Assert.Empty(Sources.Find(new FindSourceRequest(known) { Encoder = "another" }).Recording);

        // Imports of before there were locations ask whether it is there at all.
        var former = Sources.Find(new FindSourceRequest(known) { Location = "" });
        Assert.Equal((track, false), (former.Track, former.Outdated));
    }

    [Fact]
    public void ListSources_InPages_GivesThoseOfAFolder()
    {
        foreach (var name in new[] { "/m/A/1.flac", "/m/A/2.flac", "/m/A/\u00e5.flac", "/m/AB/1.flac", "/m/\U0001F3B5/1.flac" })
            Add(name, name.Length, name, "", 0);

        Assert.Equal(["/m/A/1.flac", "/m/A/2.flac"], List("/m/A/", "", 2).Sources.Select(static one => one.Location));
        Assert.True(List("/m/A/", "", 2).More);
        var rest = List("/m/A/", "/m/A/2.flac", 2);
        Assert.Equal(("/m/A/\u00e5.flac", false), (Assert.Single(rest.Sources).Location, rest.More));
        Assert.Equal(5, List("/m/", "", 10).Sources.Count);
    }

    /// <summary>Sources of an import that tells no locations are told by their hashes, and by name and sound.</summary>
    [Fact]
    public void Add_WithoutLocationAndThenWithOne_IsTheSameTrack()
    {
        var request = Request("", 1, "T1", "Album", 1);
        request.SourceName = "1.flac";
        var track = Put(request).Track;
        request.SourceHash = ByteString.CopyFrom(SHA256.HashData([9]));
        Assert.Equal(track, Put(request).Track);

        request.Location = "/m/A/1.flac";
        Assert.Equal(track, Put(request).Track);
        Assert.Equal((1, 1, 1), (Count("tracks"), Count("sources"), Count("albums")));
    }

    private static AddTrackRequest Request(
        string location, int seed, string title, string album, int number, string albumArtist = "")
    {
        var request = TestTracks.At(location, seed, title, "Artist", album, number);
        if (albumArtist.Length > 0)
            request.Tags.AlbumArtists.Add(albumArtist);

        return request;
    }

    private ListSourcesReply List(string prefix, string after, int limit) =>
        Sources.ListSources(new ListSourcesRequest { Prefix = prefix, After = after }, limit);

    private TrackId Add(
        string location, int seed, string title, string album, int number, string albumArtist = "") =>
        Put(Request(location, seed, title, album, number, albumArtist)).Track;

    private long[] PlaysOf(params TrackId[] tracks)
    {
        using var connection = Database.Open();
        return Array.ConvertAll(tracks, track =>
        {
            return connection.Query("SELECT plays FROM tracks WHERE track = @track", ("@track", track.ToString()))
                .Single(static row => row.GetInt64(0));
        });
    }
}

public sealed class SqliteFollowingTests() : FollowingTests(new SqliteStore());

public sealed class PostgresFollowingTests() : FollowingTests(new PostgresStore());
