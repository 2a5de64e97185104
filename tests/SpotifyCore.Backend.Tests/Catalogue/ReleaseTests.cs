using SpotifyCore.Backend.Releases;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Tests.Catalogue;

/// <summary>Which sources are of one release, and which are not, in whatever order they come.</summary>
public abstract class ReleaseTests(TestStore store) : CatalogueFixture(store)
{
    private int _seed;

    public static TheoryData<string[]> Alike => new()
    {
        new[] { "+", "\u00d7", "\u00f7", "=", "\u2212" },
        new[] { "C", "C#", "C++" },
        new[] { "BEST \u2160", "BEST \u2161", "BEST" },
        new[] { "!!!", "???", "..." },
        new[] { "1", "\u00b9", "\u2460" },
        new[] { "Cafe", "Caf\u00e9" },
    };

    [Theory]
    [MemberData(nameof(Alike))]
    public void Add_TitlesThatLookAlike_AreReleasesOfTheirOwn(string[] titles)
    {
        foreach (var number in new[] { 1, 2 })
        {
            foreach (var title in titles)
                AddAt($"/m/{Array.IndexOf(titles, title)}/{number}.flac", title, number, albumArtist: "Fenn", artist: "Fenn");
        }

        Assert.Equal(titles.Select(static title => (title, "Fenn", 2)).Order(), Releases().Order());
    }

    [Theory]
    [InlineData("/m/1994/", "/m/2001/", true)]
    [InlineData("/m/1994/", "/m/2001/", false)]
    [InlineData("/m/all/1994-", "/m/all/2001-", true)]
    [InlineData("/m/all/1994-", "/m/all/2001-", false)]
    public void Add_SameNameOfTwoYears_AreTwo(string first, string second, bool hasAlbumArtist)
    {
        foreach (var number in new[] { 1, 2 })
        {
            AddAt($"{first}{number}.flac", "Wheezy", number, "Wheezy", hasAlbumArtist ? "Wheezy" : "", 1994);
            AddAt($"{second}{number}.flac", "Wheezy", number, "Wheezy", hasAlbumArtist ? "Wheezy" : "", 2001);
        }

        Assert.Equal([("Wheezy", "Wheezy", 2), ("Wheezy", "Wheezy", 2)], Releases());
        Assert.Equal([1994, 2001], Albums().Select(static album => album.Year).Order());
        Assert.All(Albums(), static album => Assert.Single(album.Tracks.Select(static track => track.Year).Distinct()));
    }

    [Fact]
    public void Add_SameNameOfTwoArtists_AreTwo()
    {
        foreach (var number in new[] { 1, 2 })
        {
            AddAt($"/m/a/{number}.flac", "Greatest Hits", number, "Ann");
            AddAt($"/m/b/{number}.flac", "Greatest Hits", number, "Bo");
        }

        Assert.Equal([("Greatest Hits", "Ann", 2), ("Greatest Hits", "Bo", 2)], Releases().Order());
    }

    [Fact]
    public void Add_SameNameOfTwoArtistsInOneFolder_AreTwo()
    {
        foreach (var number in new[] { 1, 2 })
        {
            AddAt($"/m/Ann {number}.flac", "Greatest Hits", number, "Ann");
            AddAt($"/m/Bo {number}.flac", "Greatest Hits", number, "Bo");
        }

        Assert.Equal([("Greatest Hits", "Ann", 2), ("Greatest Hits", "Bo", 2)], Releases().Order());
    }

    [Theory]
    [InlineData(true, "/m/Comp/1.flac", "/m/Comp/2.flac", "/m/Comp/3.flac")]
    [InlineData(false, "/m/Comp/1.flac", "/m/Comp/2.flac", "/m/Comp/3.flac")]
    [InlineData(true, "/m/Ann/Comp/1.flac", "/m/Bo/Comp/2.flac", "/m/Cy/Comp/3.flac")]
    public void Add_Compilation_IsOneOfVariousArtists(bool isFlagged, params string[] locations)
    {
        var years = new[] { 1990, 2003, 0 };
        foreach (var (location, i) in locations.Select(static (location, i) => (location, i)))
        {
            var request = RequestAt(location, "Summer Sampler", i + 1, new[] { "Ann", "Bo", "Cy" }[i]);
            request.Tags.Compilation = isFlagged;
            request.Tags.Year = isFlagged && locations[0] != "/m/Comp/1.flac" ? 0 : years[i];
            Add(request);
        }

        Assert.Equal([("Summer Sampler", "Various Artists", 3)], Releases());
    }

    [Fact]
    public void Add_SamplerWhoseNumbersAreThoseOfItsTracksAlbums_IsOne()
    {
        foreach (var (artist, number) in new[] { ("Ann", 1), ("Bo", 1), ("Cy", 3), ("Di", 1) })
            AddAt($"/m/Mix/{artist}.flac", "Mix", number, artist);

        Assert.Equal([("Mix", "Various Artists", 4)], Releases());
    }

    [Theory]
    [InlineData("Dale Finch feat. Ann Vale")]
    [InlineData("Dale Finch ft. Ann Vale")]
    [InlineData("Dale Finch (featuring Ann Vale)")]
    [InlineData("DALE  FINCH ")]
    public void Add_WithGuests_IsOneOfTheArtist(string other)
    {
        AddAt("/m/Feat/1.flac", "Finchland", 1, "Dale Finch");
        AddAt("/m/Feat/2.flac", "Finchland", 2, other);

        Assert.Equal([("Finchland", "Dale Finch", 2)], Releases());
    }

    [Theory]
    [InlineData("/m/Box/CD1/", "/m/Box/CD2/", 0)]
    [InlineData("/m/Box/CD 1/", "/m/Box/CD 2/", 1)]
    [InlineData("/m/Box/Disc 1 - Studio/", "/m/Box/disc 2 (Live)/", 1)]
    [InlineData("/m/Box (Disc 1)/", "/m/Box (Disc 2)/", 1)]
    [InlineData("/m/Box [CD1]/", "/m/Box [CD2]/", 0)]
    [InlineData("/m/Box/1-", "/m/Box/2-", 1)]
    public void Add_SeveralDiscs_AreOne(string first, string second, int tagged)
    {
        foreach (var number in new[] { 1, 2 })
        {
            AddAt($"{first}{number}.flac", "The Box", number, "Boxer", disc: 1 * tagged);
            AddAt($"{second}{number}.flac", "The Box", number, "Boxer", disc: 2 * tagged);
        }

        Assert.Equal([("The Box", "Boxer", 4)], Releases());
        Assert.Equal(
            [(1, 1), (1, 2), (2, 1), (2, 2)], Albums()[0].Tracks.Select(static track => (track.Disc, track.Number)));
    }

    [Fact]
    public void Add_AlbumArtistInFoldersOfNoSuchNames_IsOneUnlessPlacesAreTakenByOthers()
    {
        AddAt("/m/Studio/1.flac", "Both", 1, "A", "A", disc: 1);
        AddAt("/m/Live/1.flac", "Both", 1, "A", "A", disc: 2);
        Assert.Equal([("Both", "A", 2)], Releases());

        // Another pressing: the same places, other sounds.
        AddAt("/m/Vinyl/1.flac", "Both", 1, "A", "A", disc: 1);
        Assert.Equal([("Both", "A", 1), ("Both", "A", 2)], Releases().Order());
    }

    [Fact]
    public void Add_CopyOfAnAlbum_IsTheSameAlbum()
    {
        foreach (var folder in new[] { "a", "b" })
        {
            foreach (var number in new[] { 1, 2 })
            {
                var request = RequestAt($"/m/{folder}/{number}.flac", "Twice", number, "A", "A");
                (request.Track, var files) = (TestTracks.TrackOf(900 + number).ToString(), request.Files);
                files.Clear();
                files.Add(TestTracks.FileOf(900 + number, 96_000, TestTracks.TrackOf(900 + number)));
                Add(request);
            }
        }

        Assert.Equal([("Twice", "A", 2)], Releases());
        Assert.Equal(4, Count("sources"));
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000001994", "00000000-0000-0000-0000-000000002001", 2)]
    [InlineData("00000000-0000-0000-0000-00000000abcd", "00000000-0000-0000-0000-00000000ABCD", 1)]
    [InlineData("", "", 1)]
    [InlineData("no id", "neither", 1)]
    public void Add_IdsOfMusicBrainz_SayItAll(string one, string other, int releases)
    {
        foreach (var (id, number) in new[] { (one, 1), (other, 2) })
        {
            var request = RequestAt($"/m/{number}/{number}.flac", "Same", number, $"Artist {number}", "All");
            request.Tags.MusicbrainzRelease = id;
            request.Tags.Year = 2000;
            Add(request);
        }

        Assert.Equal(releases, Count("albums"));
    }

    [Fact]
    public void Add_InWhateverOrder_GivesTheSameReleases()
    {
        AddTrackRequest[] requests =
        [
            .. new[] { 1994, 2001 }.SelectMany(year => new[] { 1, 2, 3 }.Select(number =>
            {
                var request = RequestAt($"/m/all/{year} {number}.flac", "Wheezy", number, "Wheezy");
                request.Tags.Year = year;
                return request;
            })),
            RequestAt("/m/all/bonus.flac", "Wheezy", 4, "Wheezy"),
            RequestAt("/m/Box/CD1/1.flac", "Box", 1, "A"), RequestAt("/m/Box/CD2/1.flac", "Box", 1, "B"),
        ];
        (string, string, int)[]? expected = null;
        for (var run = 0; run < 20; run++)
        {
            var order = requests.ToArray();
            new Random(run).Shuffle(order);
            foreach (var request in order)
                Add(request);

            expected ??= [.. Releases().Order()];
            Assert.Equal(expected, Releases().Order());
            Writer.Remove(requests.Select(static request => request.Location));
            Assert.Equal((0, 0, 0), (Count("tracks"), Count("albums"), Count("sources")));
        }

        Assert.Equal([("Box", "Various Artists", 2), ("Wheezy", "Wheezy", 3), ("Wheezy", "Wheezy", 4)], expected!);
    }

    [Theory]
    [InlineData("/m/A/1.flac", "/m/A", 0)]
    [InlineData("/m/A/CD2/1.flac", "/m/A", 2)]
    [InlineData("/m/A/cd_02/1.flac", "/m/A", 2)]
    [InlineData("/m/A (Disk 12)/1.flac", "/m/A", 12)]
    [InlineData("/m/A - Disc 1 - Live/1.flac", "/m/A", 1)]
    [InlineData("/m/ABCD1/1.flac", "/m/ABCD1", 0)]
    [InlineData("/m/CD1999/1.flac", "/m/CD1999", 0)]
    [InlineData("/m/Discovery 2/1.flac", "/m/Discovery 2", 0)]
    [InlineData("C:/m/A/CD1/1.flac", "C:/m/A", 1)]
    [InlineData("1.flac", "", 0)]
    [InlineData("", "", 0)]
    public void ReleaseFolder_OfALocation_IsThatOfAllDiscs(string location, string path, int disc) =>
        Assert.Equal(new ReleaseFolder(path, disc), ReleaseFolder.Of(location));

    private void AddAt(
        string location, string album, int number, string artist, string albumArtist = "", int year = 0, int disc = 0)
    {
        var request = RequestAt(location, album, number, artist, albumArtist);
        (request.Tags.Year, request.Tags.Disc) = (year, disc);
        Add(request);
    }

    private AddTrackRequest RequestAt(string location, string album, int number, string artist, string albumArtist = "")
    {
        var seed = ++_seed;
        var request = TestTracks.At(location, seed, $"T{seed}", artist, album, number);
        if (albumArtist.Length > 0)
            request.Tags.AlbumArtists.Add(albumArtist);

        return request;
    }
}

public sealed class SqliteReleaseTests() : ReleaseTests(new SqliteStore());

[Trait("Length", "long")]
public sealed class PostgresReleaseTests() : ReleaseTests(new PostgresStore());
