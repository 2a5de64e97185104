using SpotifyCore.Import.Tags.Fields;

namespace SpotifyCore.Import.Tests.Tags.Fields;

public sealed class TagInterpreterTests
{
    [Theory]
    [InlineData("2012", 2012)]
    [InlineData("2012-03-05", 2012)]
    [InlineData("2012-03-05T07:00:00Z", 2012)]
    [InlineData("20120305", 2012)]
    [InlineData("201203", 2012)]
    [InlineData("05/03/2012", 2012)]
    [InlineData("5.3.2012", 2012)]
    [InlineData("05032012", 2012)]
    [InlineData("March 2012", 2012)]
    [InlineData("Mar 5, 2012", 2012)]
    [InlineData("(P) 1985", 1985)]
    [InlineData("c1685", 1685)]
    [InlineData("1994/2001", 1994)]
    [InlineData("0000", 0)]
    [InlineData("99", 0)]
    [InlineData("unknown", 0)]
    [InlineData("99999999999999999999", 0)]
    public void Read_Date_GivesItsYear(string date, int year)
    {
        Assert.Equal(year, Read((TagField.Date, date)).Year);
        Assert.Equal(year, Read((TagField.OriginalDate, date)).OriginalYear);
    }

    [Fact]
    public void Read_DateThatIsNone_TakesTheNextThatIsOne()
    {
        Assert.Equal(2001, Read((TagField.Date, "????"), (TagField.ReleaseDate, "2001")).Year);
        Assert.Equal((1971, 1971), YearsOf((TagField.OriginalDate, "1971")));
        Assert.Equal((2001, 1971), YearsOf((TagField.OriginalDate, "1971"), (TagField.Date, "2001")));
    }

    [Theory]
    [InlineData("3", 3, 0, 0, 0)]
    [InlineData("03/12", 3, 12, 0, 0)]
    [InlineData("3 / 12", 3, 12, 0, 0)]
    [InlineData("3 of 12", 3, 12, 0, 0)]
    [InlineData("#7", 7, 0, 0, 0)]
    [InlineData("Track 7", 7, 0, 0, 0)]
    [InlineData("2-05", 5, 0, 2, 0)]
    [InlineData("2.05", 5, 0, 2, 0)]
    [InlineData("A1", 1, 0, 0, 1)]
    [InlineData("b2", 102, 0, 0, 2)]
    [InlineData("C 3", 203, 0, 0, 3)]
    [InlineData("B", 101, 0, 0, 2)]
    [InlineData("B2/9", 102, 9, 0, 2)]
    [InlineData("A0", 0, 0, 0, 0)]
    [InlineData("/12", 12, 0, 0, 0)]
    [InlineData("3/", 3, 0, 0, 0)]
    [InlineData("0003", 3, 0, 0, 0)]
    [InlineData("99999999999999", 0, 0, 0, 0)]
    [InlineData("none", 0, 0, 0, 0)]
    public void Read_TrackNumber_GivesWhatItMeans(string text, int number, int total, int disc, int side)
    {
        var tags = Read((TagField.Track, text));
        Assert.Equal((number, total, disc, side), (tags.Number, tags.TrackTotal, tags.Disc, tags.Side));
    }

    [Theory]
    [InlineData("2", 2)]
    [InlineData("CD2", 2)]
    [InlineData("Disc 2/3", 2)]
    [InlineData("B", 2)]
    public void Read_DiscNumber_GivesWhatItMeans(string text, int disc) =>
        Assert.Equal(disc, Read((TagField.Disc, text)).Disc);

    [Fact]
    public void Read_SidesOfARecord_AreInOrderOnOneDisc()
    {
        string[] sides = ["A1", "A2", "A10", "B1", "B2", "C1"];
        var numbers = sides.Select(static side => Read((TagField.Track, side), (TagField.Disc, "1")).Number).ToList();
        Assert.Equal(numbers.Order(), numbers);
        Assert.Equal(sides.Length, numbers.Distinct().Count());
    }

    [Fact]
    public void Read_DiscOfItsOwn_BeatsThatOfTheTrack()
    {
        var tags = Read((TagField.Track, "1-05"), (TagField.Disc, "2/3"), (TagField.TrackTotal, "9"));
        Assert.Equal((5, 9, 2, 3), (tags.Number, tags.TrackTotal, tags.Disc, tags.DiscTotal));
    }

    [Fact]
    public void Read_ArtistsBesideTheirCredit_CountWhereTheyAreTheSame()
    {
        (TagField, string)[] each = [(TagField.EachArtist, "Ann"), (TagField.EachArtist, "Bo")];
        Assert.Equal(["Ann", "Bo"], Read([(TagField.Artist, "Ann & Bo"), .. each]).Artists);
        Assert.Equal(["Ann & Bo"], Read((TagField.Artist, "Ann & Bo"), (TagField.EachArtist, "Ann & Bo")).Artists);
        Assert.Equal(["Cy"], Read([(TagField.Artist, "Cy"), .. each]).Artists);
        Assert.Equal(["Ann", "Bo"], Read(each).Artists);
        Assert.Equal(["Ann", "Bo"], Read([(TagField.Author, "Di"), .. each]).Artists);
        Assert.Equal(["Di"], Read((TagField.Author, "Di")).Artists);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("Yes", true)]
    [InlineData("0", false)]
    [InlineData("no", false)]
    public void Read_Compilation_IsYesOrNo(string text, bool isCompilation) =>
        Assert.Equal(isCompilation, Read((TagField.Compilation, text)).IsCompilation);

    [Fact]
    public void Read_WhatIsNoIdOfMusicBrainz_IsLeftOut()
    {
        var tags = Read((TagField.ReleaseId, "none"), (TagField.Isrc, "US-XX1-99-0001"));
        Assert.Null(tags.MusicBrainz.Release);
        Assert.Empty(tags.Isrcs);
    }

    [Theory]
    [InlineData("ALBUM ARTIST")]
    [InlineData("Album Artist")]
    [InlineData("album_artist")]
    [InlineData("ALBUMARTIST")]
    [InlineData("WM/AlbumArtist")]
    public void FieldOf_NameHoweverWritten_IsTheField(string name) =>
        Assert.Equal(TagField.AlbumArtist, TagNames.FieldOf(name));

    [Fact]
    public void Add_ValuesOfANameThatMeansTheSame_AreNotAddedToThoseOfTheFirst()
    {
        var fields = new TagFields();
        fields.Add(TagField.AlbumArtist, "ALBUM ARTIST", "Band");
        fields.Add(TagField.AlbumArtist, "ALBUMARTIST", "The Band");
        fields.Add(TagField.AlbumArtist, "ALBUM ARTIST", "Choir");
        Assert.Equal(["Band", "Choir"], fields[TagField.AlbumArtist]);
    }

    private static (int, int) YearsOf(params (TagField, string)[] values)
    {
        var tags = Read(values);
        return (tags.Year, tags.OriginalYear);
    }

    private static SourceTags Read(params (TagField Field, string Text)[] values)
    {
        var fields = new TagFields();
        foreach (var (field, text) in values)
            fields.Add(field, "", text);

        return TagInterpreter.Read(fields);
    }
}
