using System.Security.Cryptography;
using System.Text.Json.Nodes;
using SpotifyCore.Import.Tags.Fields;

namespace SpotifyCore.Import.Tests.Tags;

/// <summary>Tags under the names that the samples use, as JSON that compares.</summary>
internal static class TagReport
{
    // Under which of its names mutagen gives a text that is still to be understood.
    private static readonly Dictionary<string, TagField> Raw = new()
    {
        ["title"] = TagField.Title,
        ["artists"] = TagField.Artist,
        ["album"] = TagField.Album,
        ["album_artists"] = TagField.AlbumArtist,
        ["genres"] = TagField.Genre,
        ["track"] = TagField.Track,
        ["disc"] = TagField.Disc,
        ["date"] = TagField.Date,
        ["original"] = TagField.OriginalDate,
        ["composers"] = TagField.Composer,
        ["isrcs"] = TagField.Isrc,
        ["disc_subtitle"] = TagField.DiscSubtitle,
        ["title_sort"] = TagField.TitleSort,
        ["artist_sorts"] = TagField.ArtistSort,
        ["album_sort"] = TagField.AlbumSort,
        ["album_artist_sorts"] = TagField.AlbumArtistSort,
    };

    private static readonly Dictionary<string, string[]> Meanings = new()
    {
        ["track"] = ["number", "side"],
        ["disc"] = ["disc"],
        ["date"] = ["year"],
        ["original"] = ["original_year"],
    };

    /// <summary>Everything that tags say.</summary>
    public static JsonObject Of(SourceTags tags) => new()
    {
        ["title"] = tags.Title,
        ["artists"] = List(tags.Artists),
        ["album"] = tags.Album,
        ["album_artists"] = List(tags.AlbumArtists),
        ["genres"] = List(tags.Genres),
        ["year"] = tags.Year,
        ["original_year"] = tags.OriginalYear,
        ["number"] = tags.Number,
        ["track_total"] = tags.TrackTotal,
        ["side"] = tags.Side,
        ["disc"] = tags.Disc,
        ["disc_total"] = tags.DiscTotal,
        ["disc_subtitle"] = tags.DiscSubtitle,
        ["composers"] = List(tags.Composers),
        ["isrcs"] = List(tags.Isrcs),
        ["comment"] = tags.Comment,
        ["compilation"] = tags.IsCompilation,
        ["title_sort"] = tags.TitleSort,
        ["artist_sorts"] = List(tags.ArtistSorts),
        ["album_sort"] = tags.AlbumSort,
        ["album_artist_sorts"] = List(tags.AlbumArtistSorts),
        ["recording"] = tags.MusicBrainz.Recording?.ToString(),
        ["track_id"] = tags.MusicBrainz.Track?.ToString(),
        ["release"] = tags.MusicBrainz.Release?.ToString(),
        ["release_group"] = tags.MusicBrainz.ReleaseGroup?.ToString(),
        ["artist_ids"] = List(tags.MusicBrainz.Artists.Select(static id => id.ToString())),
        ["album_artist_ids"] = List(tags.MusicBrainz.AlbumArtists.Select(static id => id.ToString())),
        ["picture"] = tags.Picture is { } picture ? Convert.ToHexStringLower(SHA256.HashData(picture.Data)) : null,
        ["media_type"] = tags.Picture?.MediaType,
    };

    /// <summary>What mutagen gives, understood as our own texts are: only what it has something of.</summary>
    public static JsonObject OfMutagen(JsonObject answer)
    {
        var fields = new TagFields();
        foreach (var (name, values) in answer.Where(static pair => pair.Key != "picture"))
        {
            foreach (var value in values!.AsArray())
                fields.Add(Raw[name], "", value!.GetValue<string>());
        }

        var all = Of(TagInterpreter.Read(fields));
        var given = answer.Where(static pair => pair.Key != "picture")
            .SelectMany(static pair => Meanings.GetValueOrDefault(pair.Key, [pair.Key]));
        var report = new JsonObject(given.Select(name => KeyValuePair.Create(name, all[name]?.DeepClone())))
        {
            ["picture"] = answer["picture"]?.DeepClone(),
        };
        return report;
    }

    /// <summary>Where what was read is not as it should be.</summary>
    public static IEnumerable<string> Differences(JsonObject wanted, JsonObject read) => wanted
        .Where(pair => !JsonNode.DeepEquals(Ordered(pair.Key, pair.Value), Ordered(pair.Key, read[pair.Key])))
        .Select(pair => $"{pair.Key} is {read[pair.Key]?.ToJsonString()}, not {pair.Value?.ToJsonString()}");

    // A refinement and what it refines are told in either order.
    private static JsonNode? Ordered(string name, JsonNode? value) => name == "genres" && value is JsonArray genres
        ? List(genres.Select(static genre => genre!.GetValue<string>()).Order(StringComparer.Ordinal))
        : value;

    private static JsonArray List(IEnumerable<string> values) =>
        new([.. values.Select(static value => JsonValue.Create(value))]);
}
