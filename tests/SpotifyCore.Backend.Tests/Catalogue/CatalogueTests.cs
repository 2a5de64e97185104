
using System.Security.Cryptography;
using Google.Protobuf;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Data;
using SpotifyCore.Backend.Searching;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Tests.Catalogue;

public abstract class CatalogueTests(TestStore store) : CatalogueFixture(store)
{
    [Fact]
    public void Add_New_IsFoundWhole()
    {
        var request = TestTracks.Request(1, "Title", "Artist", "Album", number: 3);
        request.Tags.Artists.Add("Second");
        request.Tags.Disc = 2;
        request.Tags.Year = 1999;
        request.Tags.Genre = "Waltz";

        Assert.False(Add(request));

        var track = Reader.FindTrack(TestTracks.TrackOf(1))!;
        Assert.Equal((request.Track, "Title", "Album"), (track.Track_, track.Title, track.AlbumTitle));
        Assert.Equal(["Artist", "Second"], track.Artists);
        Assert.Equal(
            (2, 3, 1999, "Waltz", 10_000), (track.Disc, track.Number, track.Year, track.Genre, track.DurationMs));
        Assert.Equal([96_000, 160_000, 320_000], track.BitsPerSecond);
        Assert.Null(Reader.FindTrack(TestTracks.TrackOf(2)));
    }

    [Fact]
    public void Add_Again_ReplacesMetadataAndKeepsOtherFiles()
    {
        Add(TestTracks.Request(1, "Old", "Artist", "Old album", bits: 96_000));

        Assert.True(Add(TestTracks.Request(1, "New", "Artist", "New album", bits: 320_000)));

        var track = Reader.FindTrack(TestTracks.TrackOf(1))!;
        Assert.Equal(("New", "New album"), (track.Title, track.AlbumTitle));
        Assert.Equal([96_000, 320_000], track.BitsPerSecond);
        Assert.Equal((1, 1, 2), (Count("tracks"), Count("albums"), Count("files")));
    }

    [Fact]
    public void Find_TextsOfAnOlderCatalogue_AreServedPlain()
    {
        Add(TestTracks.Request(1, "Title", "Artist", "Album"));
        using (var connection = Database.Open())
        {
            connection.Execute(
                "UPDATE tracks SET title = @text, artists = @text, genre = @text; UPDATE albums SET title = @text",
                ("@text", "\u001b]0;x\a\u202ey\u200b"));
        }

        var track = Reader.FindTrack(TestTracks.TrackOf(1))!;
        string[] texts = [track.Title, track.AlbumTitle, track.Genre, .. track.Artists];
        Assert.Equal(Enumerable.Repeat("]0;xy", 4), texts);
        var album = Reader.FindAlbum(track.Album)!;
        Assert.Equal("]0;xy", album.Title);
    }

    [Fact]
    public void FindAlbum_TracksByDiscAndNumber()
    {
        foreach (var (seed, disc, number) in new[] { (1, 2, 1), (2, 1, 2), (3, 1, 1) })
        {
            var request = TestTracks.Request(seed, $"T{seed}", "Artist", "Album", number);
            request.Tags.Disc = disc;
            request.Tags.Year = 2001;
            Add(request);
        }

        Add(4, "Other", "Another artist", "Album");
        var album = Reader.FindAlbum(Reader.FindTrack(TestTracks.TrackOf(1))!.Album)!;

        Assert.Equal(("Album", 2001), (album.Title, album.Year));
        Assert.Equal(["Artist"], album.Artists);
        Assert.Equal(["T3", "T2", "T1"], album.Tracks.Select(track => track.Title));
        Assert.Null(Reader.FindAlbum("nothing"));
    }

    [Fact]
    public void FindAlbum_MoreTracksThanAreListed_TellsHowManyItHas()
    {
        Add(1, "Title", "Artist", "Album");
        using (var connection = Database.Open())
        {
            connection.Execute(
                """
                WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 2001)
                INSERT INTO tracks (track, recording, title, artists, album, shown, disc, number, year, genre)
                SELECT 'another ' || i, recording, title, artists, album, shown, disc, i, year, genre FROM tracks, n
                """);
        }

        var album = Reader.FindAlbum(Reader.FindTrack(TestTracks.TrackOf(1))!.Album)!;

        Assert.Equal((2_000, 2_001), (album.Tracks.Count, album.Total));
    }

    [Fact]
    public void FindAlbum_TracksWithoutNumbers_ByTheNamesOfTheirFiles()
    {
        foreach (var (seed, name) in new[] { (1, "03 c"), (2, "01 a"), (3, "02 b") })
        {
            var request = TestTracks.Request(seed, $"Z{4 - seed}", "Artist", "Album");
            request.SourceName = $"{name}.mp3";
            Add(request);
        }

        var album = Reader.FindAlbum(Reader.FindTrack(TestTracks.TrackOf(1))!.Album)!;

        Assert.Equal(["Z2", "Z1", "Z3"], album.Tracks.Select(track => track.Title));
        Assert.Equal(3, album.Total);
        Assert.All(album.Tracks, track => Assert.Equal(3, track.AlbumTracks));
        Assert.Equal(0, Reader.FindTrack(AddAlone(9))!.AlbumTracks);
    }

    [Fact]
    public void FindAlbum_Compilation_IsOneByItsAlbumArtist()
    {
        foreach (var seed in new[] { 1, 2 })
        {
            var request = TestTracks.Request(seed, $"T{seed}", $"Artist {seed}", "Hits");
            request.Tags.AlbumArtists.Add("Various");
            Add(request);
        }

        Assert.Equal(2, Reader.FindAlbum(Reader.FindTrack(TestTracks.TrackOf(1))!.Album)!.Tracks.Count);
    }

    [Fact]
    public void FindCover_OfOneTrack_StandsForItsAlbum()
    {
        var picture = RandomNumberGenerator.GetBytes(100_000);
        var request = TestTracks.Request(2, "With", "Artist", "Album", number: 2);
        request.Cover = new Cover { MediaType = "image/png", Data = ByteString.CopyFrom(picture) };
        Add(request);
        Add(1, "Without", "Artist", "Album");

        var cover = Reader.FindTrack(TestTracks.TrackOf(1))!.Cover;

        Assert.Equal(cover, Reader.FindAlbum(Reader.FindTrack(TestTracks.TrackOf(1))!.Album)!.Cover);
        var (type, start) = Reader.FindCover(cover, 0, 65_536)!.Value;
        var (_, rest) = Reader.FindCover(cover, 65_536, 65_536)!.Value;
        Assert.Equal("image/png", type);
        Assert.Equal(picture, start.Concat(rest));
        Assert.Null(Reader.FindCover("nothing", 0, 1));
    }

    [Fact]
    public void Add_AgainWithoutCover_DropsWhatNobodyNeeds()
    {
        var request = TestTracks.Request(1, "T", "Artist", "Album");
        request.Cover = new Cover { MediaType = "image/png", Data = ByteString.CopyFrom(1, 2, 3) };
        Add(request);
        Assert.Equal((1, 1), (Count("covers"), Count("albums")));

        Add(1, "T");

        Assert.Equal((0, 0), (Count("covers"), Count("albums")));
    }

    [Theory]
    [InlineData(1, 96_000)]
    [InlineData(96_000, 96_000)]
    [InlineData(128_000, 160_000)]
    [InlineData(170_000, 160_000)]
    [InlineData(1_000_000, 320_000)]
    public void Open_AnyBitrate_TakesTheNearest(int asked, int expected)
    {
        var request = TestTracks.Request(1, "T");
        Add(request);
        var file = request.Files.Single(file => BitConverter.ToInt32(file.Manifest.Span[12..]) == expected);

        var opened = Reader.Open(TestTracks.TrackOf(1), asked)!;

        Assert.Equal(file.Manifest.ToByteArray(), opened.Manifest);
        Assert.Equal(TestTracks.FileIdOf(file), opened.File);
        Assert.Equal(file.PlaintextHash.ToByteArray(), opened.PlaintextHash);
        Assert.True(Reader.HasFile(FileId.Read(opened.File)));
        Assert.False(Reader.HasFile(new FileId(1)));
        Assert.Null(Reader.Open(TestTracks.TrackOf(2), asked));
    }

    [Fact]
    public void Open_OnAnAlbum_GivesTheAlbumsLoudness()
    {
        var loud = TestTracks.Request(1, "Loud", "A", "Album");
        var quiet = TestTracks.Request(2, "Quiet", "A", "Album");
        var alone = TestTracks.Request(3, "Alone", "A");
        (loud.Loudness, quiet.Loudness, alone.Loudness) = (-10, -20, -8);
        (loud.Peak, quiet.Peak, alone.Peak) = (1.1f, 0.2f, 0.5f);
        Add(loud);
        Add(quiet);
        Add(alone);

        Assert.Equal(-5.404f, Reader.Open(TestTracks.TrackOf(2), 1)!.Album.Gain, 3);
        Assert.Equal(1.1f, Reader.Open(TestTracks.TrackOf(2), 1)!.Album.Peak);
        Assert.Equal(new AlbumLoudness(-10, 0.5f), Reader.Open(TestTracks.TrackOf(3), 1)!.Album);
    }

    [Fact]
    public void FindTracks_Named_ComeInThatOrder()
    {
        for (var seed = 1; seed <= 3; seed++)
            Add(seed, $"T{seed}");

        string[] named = [TestTracks.TrackOf(3).ToString(), TestTracks.TrackOf(9).ToString(), TestTracks.TrackOf(1).ToString()];
        Assert.Equal(["T3", "T1"], Reader.FindTracks(named).Select(static track => track.Title));
        Assert.Empty(Reader.FindTracks([]));
    }

    [Fact]
    public void AddPlays_OfKnownTracks_AreCounted()
    {
        Add(1, "T1");
        Add(2, "T2");
        Writer.AddPlays(new Dictionary<TrackId, int> { [TestTracks.TrackOf(2)] = 2, [TestTracks.TrackOf(9)] = 1 });
        Writer.AddPlays(new Dictionary<TrackId, int> { [TestTracks.TrackOf(2)] = 3 });
        Add(2, "T2 again");

        var changes = new CatalogueChanges(Database).ReadAfter(0, 10);
        Assert.Equal([("T1", 0L), ("T2 again", 5L)], changes.Select(static one => (one.Entry!.Title, one.Entry!.Plays)));
    }

    [Fact]
    public void AddPlays_ThatMoveATrack_ChangeIt()
    {
        var changes = new CatalogueChanges(Database);
        Add(1, "T1");
        Writer.AddPlays(new Dictionary<TrackId, int> { [TestTracks.TrackOf(1)] = 1_000 });
        var moved = Assert.Single(changes.ReadAfter(1, 10)).Change;

        Writer.AddPlays(new Dictionary<TrackId, int> { [TestTracks.TrackOf(1)] = 1 });

        Assert.Empty(changes.ReadAfter(moved, 10));
    }

    [Fact]
    public void ListFiles_InPages_GivesEveryFileOnceInOrder()
    {
        for (var seed = 1; seed <= 4; seed++)
            Add(TestTracks.Request(seed, $"T{seed}", "A", "Album", seed, 96_000, 160_000));

        var files = new List<CataloguedFile>();
        ListFilesReply page;
        do
        {
            page = Sources.ListFiles(files.Count == 0 ? [] : files[^1].File.ToByteArray(), limit: 3);
            Assert.InRange(page.Files.Count, 1, 3);
            files.AddRange(page.Files);
        }
        while (page.More);

        Assert.Equal(8, files.Count);
        var ids = files.Select(static file => FileId.Read(file.File.Span)).ToArray();
        Assert.Equal(ids.Distinct().Order(), ids);
        Assert.Equal(["T1", "T2", "T3", "T4"], files.Select(static file => file.Title).Distinct().Order());
    }

    [Fact]
    public void Add_ManyAtOnce_KeepsAll()
    {
        var requests =
            Enumerable.Range(1, 40).Select(i => TestTracks.Request(i, $"Song {i}", "A", "Album", i, 96_000)).ToList();

        Parallel.ForEach(requests, request => Add(request));

        Assert.Equal(40, Titles("song").Count);
        Assert.Equal(1, Count("albums"));
    }

    private TrackId AddAlone(int seed)
    {
        Add(seed, "Alone");
        return TestTracks.TrackOf(seed);
    }
}

public sealed class SqliteCatalogueTests() : CatalogueTests(new SqliteStore());

public sealed class PostgresCatalogueTests() : CatalogueTests(new PostgresStore());
