using System.Text.Json.Nodes;
using SpotifyCore.Contracts;

namespace SpotifyCore.Cli.Display;

/// <summary>What a librarian's program reads, a line a thing. The field names are kept.</summary>
internal static class CatalogueJson
{
    public static string Track(Track track) => new JsonObject
    {
        ["track"] = track.Track_,
        ["title"] = track.Title,
        ["artists"] = Texts(track.Artists),
        ["release"] = track.Album,
        ["album"] = track.AlbumTitle,
        ["disc"] = track.Disc,
        ["number"] = track.Number,
        ["year"] = track.Year,
        ["genre"] = track.Genre,
        ["duration_ms"] = track.DurationMs,
    }.ToJsonString();

    public static string Entry(CatalogueEntry entry) => Shown(entry).ToJsonString();

    public static string Details(EntryDetails details) => Described(details).ToJsonString();

    public static string Logged(Mend mend) => new JsonObject
    {
        ["change"] = mend.Number,
        ["time_unix_ms"] = mend.TimeUnixMs,
        ["account"] = mend.Account,
        ["what"] = mend.What,
        ["undone_by"] = mend.Undone,
        ["undoes"] = mend.Undoes,
    }.ToJsonString();

    public static string Done(MendReply done) => new JsonObject
    {
        ["change"] = done.Mend, ["what"] = done.What, ["made"] = done.Made,
    }.ToJsonString();

    private static JsonObject Described(EntryDetails details)
    {
        var json = Shown(details.Entry);
        json["mended"] = Texts(details.Mended);
        json["tags"] = new JsonObject
        {
            ["title"] = details.Tags.Title,
            ["artists"] = Texts(details.Tags.Artists),
            ["album"] = details.Tags.AlbumTitle,
            ["album_artists"] = Texts(details.Tags.AlbumArtists),
            ["disc"] = details.Tags.Disc,
            ["number"] = details.Tags.Number,
            ["year"] = details.Tags.Year,
            ["genre"] = details.Tags.Genre,
        };
        json["with_it"] = Texts(details.Merged.Select(static entry => entry.Id));
        if (details.Entry.IsRelease)
        {
            json["shown"] = new JsonArray([.. details.Tracks.Select(Described)]);
            return json;
        }

        json["recording"] = details.Recording;
        json["plays"] = details.Plays;
        json["sources"] = Texts(details.Sources
            .Select(static source => source.Location.Length > 0 ? source.Location : source.Name));
        return json;
    }

    private static JsonObject Shown(CatalogueEntry entry)
    {
        var json = new JsonObject
        {
            [entry.IsRelease ? "release" : "track"] = entry.Id,
            ["title"] = entry.Title,
            ["artists"] = Texts(entry.Artists),
            ["year"] = entry.Year,
            ["genre"] = entry.Genre,
            ["one_with"] = entry.Merged,
        };
        if (entry.IsRelease)
        {
            json["tracks"] = entry.Tracks;
            return json;
        }

        json["release"] = entry.Album;
        json["album"] = entry.AlbumTitle;
        json["disc"] = entry.Disc;
        json["number"] = entry.Number;
        json["duration_ms"] = entry.DurationMs;
        json["removed_by"] = entry.Removed;
        return json;
    }

    private static JsonArray Texts(IEnumerable<string> texts) =>
        new([.. texts.Select(static text => JsonValue.Create(text))]);
}
