using System.Globalization;

namespace SpotifyCore.Import.Tags.Fields;

/// <summary>Makes of the texts of tags what they mean.</summary>
internal static class TagInterpreter
{
    private const int IsrcLength = 12;

    /// <summary>What the fields say.</summary>
    public static SourceTags Read(TagFields fields)
    {
        var track = PlaceText.Read(First(fields, TagField.Track));
        var disc = PlaceText.Read(First(fields, TagField.Disc));
        var original = YearText.Find(fields[TagField.OriginalDate]);
        var year = YearText.Find([.. fields[TagField.Date], .. fields[TagField.ReleaseDate]]);
        return new SourceTags
        {
            Title = First(fields, TagField.Title),
            Artists = Names(fields[TagField.Artist], fields[TagField.EachArtist]) is { Count: > 0 } artists
                ? artists
                : fields[TagField.Author],
            Album = First(fields, TagField.Album),
            AlbumArtists = Names(fields[TagField.AlbumArtist], fields[TagField.EachAlbumArtist]),
            Genres = [.. fields[TagField.Genre].SelectMany(GenreText.Read).Distinct(StringComparer.OrdinalIgnoreCase)],
            Year = year > 0 ? year : original,
            OriginalYear = original,
            Number = track.Order,
            TrackTotal = track.Total > 0 ? track.Total : Number(fields, TagField.TrackTotal),
            Side = track.Side,
            Disc = disc.Number > 0 ? NumberOf(disc) : track.Disc,
            DiscTotal = disc.Total > 0 ? disc.Total : Number(fields, TagField.DiscTotal),
            DiscSubtitle = First(fields, TagField.DiscSubtitle),
            Composers = fields[TagField.Composer],
            Isrcs = [.. fields[TagField.Isrc].SelectMany(ReadIsrcs).Distinct()],
            Comment = First(fields, TagField.Comment),
            IsCompilation = IsYes(First(fields, TagField.Compilation)),
            TitleSort = First(fields, TagField.TitleSort),
            ArtistSorts = fields[TagField.ArtistSort],
            AlbumSort = First(fields, TagField.AlbumSort),
            AlbumArtistSorts = fields[TagField.AlbumArtistSort],
            MusicBrainz = MusicBrainzIds.Of(fields),
            Picture = fields.Picture,
        };
    }

    // Discs have letters now and then: B is the second.
    private static int NumberOf(PlaceText disc) =>
        disc is { Number: 1, Side: > 0 and var letter } ? letter : disc.Number;

    private static string First(TagFields fields, TagField field) => fields[field] is [var first, ..] ? first : "";

    private static int Number(TagFields fields, TagField field) => PlaceText.Read(First(fields, field)).Number;

    // Some taggers write "Ann & Bo" as the artist and each of them beside it. That counts where it is the same credit.
    private static IReadOnlyList<string> Names(IReadOnlyList<string> credit, IReadOnlyList<string> each)
    {
        if (credit.Count == 0)
            return each;

        return credit.Count == 1 && each.Count > 1
            && each.All(name => credit[0].Contains(name, StringComparison.OrdinalIgnoreCase))
                ? each
                : credit;
    }

    private static IEnumerable<string> ReadIsrcs(string text) => text
        .Split('/', ';', ',', ' ')
        .Select(static part => part.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant())
        .Where(static code => code.Length == IsrcLength && code.All(char.IsAsciiLetterOrDigit));

    private static bool IsYes(string text) =>
        (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number != 0)
        || text.Equals("true", StringComparison.OrdinalIgnoreCase)
        || text.Equals("yes", StringComparison.OrdinalIgnoreCase);
}
