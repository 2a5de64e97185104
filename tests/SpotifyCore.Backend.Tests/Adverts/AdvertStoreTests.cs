using SpotifyCore.Backend.Adverts;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Backend.Tests.Catalogue;
using SpotifyCore.Backend.Tests.Data;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Tests.Adverts;

/// <summary>Adverts lie where tracks lie, and nothing that shows tracks shows them.</summary>
public abstract class AdvertStoreTests(TestStore store) : CatalogueFixture(store)
{
    private AdvertStore Adverts => new(Database, Time);

    [Fact]
    public void Put_Advert_IsListedAndShownByNothing()
    {
        Add(1, "Soap opera", "Singer");
        var request = TestTracks.Request(2, "Soap");
        request.Advert = new AdvertTerms
        {
            Campaign = " Clean ", Countries = { "se", "DE", "SE" }, FromUnixMs = 86_400_000, UntilUnixMs = 172_800_000,
            Weight = 3,
        };

        Assert.False(PutAdvert(request));
        Assert.True(PutAdvert(request));

        var listed = Assert.Single(Adverts.List());
        Assert.Equal((TestTracks.TrackOf(2), "Clean", "Soap", 0L, 3), (
            listed.Id, listed.Campaign, listed.Title, listed.Heard, listed.Weight));
        Assert.Equal(["SE", "DE"], listed.Countries);
        Assert.Equal(
            (DateTimeOffset.UnixEpoch.AddDays(1), DateTimeOffset.UnixEpoch.AddDays(2), TimeSpan.FromSeconds(10)),
            (listed.Begins, listed.Ends, listed.Length));
        Assert.Equal(["Soap opera"], Titles("soap"));
        Assert.Null(Reader.FindTrack(TestTracks.TrackOf(2)));
        Assert.Null(Reader.Open(TestTracks.TrackOf(2), 96_000));
        Assert.Equal((1, 0), (Count("tracks"), Count("impressions")));

        // The masters hold its files, as any, and are asked for them.
        var files = Sources.ListFiles([], 100).Files;
        Assert.Equal(
            ["Soap", "Soap", "Soap", "Soap opera"], files.Select(static file => file.Title).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.True(Reader.HasFile(Content.Identity.FileId.Read(file.File.Span))));
    }

    [Fact]
    public void Put_SoundThatIsKnown_NeedsNoFiles()
    {
        var track = TestTracks.Request(1, "Jingle", bits: 96_000);
        Add(track);
        var request = new AddTrackRequest(track) { Advert = new AdvertTerms { Campaign = "Clean" } };
        request.Files.Clear();

        Assert.False(PutAdvert(request));

        Assert.Equal(["Jingle"], Titles("jingle"));
        Adverts.Remove("Clean");
        Assert.Equal(["Jingle"], Titles("jingle"));
        Assert.NotNull(Reader.Open(TestTracks.TrackOf(1), 96_000));
    }

    [Fact]
    public void Sweep_SoundOfAnAdvert_IsKeptUntilThatIsTakenOut()
    {
        var request = TestTracks.Request(1, "Soap", bits: 96_000);
        request.Advert = new AdvertTerms { Campaign = "Clean" };
        PutAdvert(request);
        Sweep(0);
        Sweep(40);
        Assert.Empty(Discards.List([], 10));

        Assert.Equal(1, Adverts.Remove("Clean"));
        Sweep(0);
        PutAdvert(request);
        Sweep(40);
        Assert.Empty(Discards.List([], 10));

        Adverts.Remove("Clean");
        Sweep(0);
        Sweep(40);
        Assert.Equal([TestTracks.FileIdOf(request.Files[0])], Discards.List([], 10));
        Assert.Empty(Adverts.List());
    }

    [Fact]
    public void Sweep_AfterAnAdvertIsTakenOut_HasTheWholeGraceTimeBeforeIt()
    {
        var request = TestTracks.Request(1, "Soap", bits: 96_000);
        request.Advert = new AdvertTerms { Campaign = "Clean" };
        PutAdvert(request);
        Sweep(0);
        Sweep(20);
        Adverts.Remove("Clean");

        // Since it was taken out, and not since it is there.
        Sweep(0);
        Sweep(20);
        Assert.Empty(Discards.List([], 10));
        Sweep(20);
        Assert.NotEmpty(Discards.List([], 10));
    }

    [Theory]
    [InlineData("", 1, 0, 0, "SE")]
    [InlineData("Clean", -1, 0, 0, "SE")]
    [InlineData("Clean", 1_001, 0, 0, "SE")]
    [InlineData("Clean", 1, 2_000, 2_000, "SE")]
    [InlineData("Clean", 1, -1, 0, "SE")]
    [InlineData("Clean", 1, 0, long.MaxValue, "SE")]
    [InlineData("Clean", 1, 0, 0, "XX")]
    [InlineData("Clean", 1, 0, 0, "S,")]
    public void Read_WhatCantBe_IsRefused(string campaign, int weight, long from, long until, string country)
    {
        var terms = new AdvertTerms
        {
            Campaign = campaign, Weight = weight, FromUnixMs = from, UntilUnixMs = until, Countries = { country },
        };

        Assert.Throws<NewTrackException>(() => AdvertReader.Read(terms, "Title"));
    }

    private bool PutAdvert(AddTrackRequest request)
    {
        var sound = NewTrackReader.Read(request);
        return Adverts.Put(sound, AdvertReader.Read(request.Advert, sound.Tags.Title));
    }

    private void Sweep(int days)
    {
        Time.Advance(TimeSpan.FromDays(days));
        Discards.Sweep();
    }
}

public sealed class SqliteAdvertStoreTests() : AdvertStoreTests(new SqliteStore());

public sealed class PostgresAdvertStoreTests() : AdvertStoreTests(new PostgresStore());
