using System.Globalization;
using System.Text.Json;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts;

namespace SpotifyCore.Import.Sources;

/// <summary>Turns the tags that ffprobe lists, whatever the format calls them, into a track's, as plain text.</summary>
internal static class SourceTags
{
    // What the catalogue takes.
    private const int MaxLength = 1_000;
    private const int MaxArtists = 64;

    /// <summary>
    /// Reads tags; of several sets the first that has one wins. Without a title the file's name is it.
    /// </summary>
    public static TrackTags Read(IEnumerable<JsonElement> sets, SourceFile source)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var tag in sets
            .Where(static set => set.ValueKind == JsonValueKind.Object)
            .SelectMany(static set => set.EnumerateObject()))
        {
            if (PlainText.Of(tag.Value.GetString() ?? "").Trim() is { Length: > 0 } value)
                values.TryAdd(tag.Name, value);
        }

        var title = Text(values, "title");
        var tags = new TrackTags
        {
            Title = title.Length > 0 ? title : Cut(PlainText.Of(Path.GetFileNameWithoutExtension(source.Name))),
            AlbumTitle = Text(values, "album"),
            Disc = Number(values, "disc", "discnumber"),
            Number = Number(values, "track", "tracknumber"),
            Year = Number(values, "date", "year", "originaldate"),
            Genre = Text(values, "genre"),
        };
        tags.Artists.AddRange(Names(values, "artist", "artists"));
        tags.AlbumArtists.AddRange(Names(values, "album_artist", "albumartist"));
        return tags;
    }

    private static string Text(Dictionary<string, string> values, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (values.TryGetValue(name, out var value))
                return Cut(value);
        }

        return "";
    }

    // Several artists come from ffmpeg as one text with semicolons.
    private static IEnumerable<string> Names(Dictionary<string, string> values, params ReadOnlySpan<string> names) =>
        Text(values, names)
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct()
            .Take(MaxArtists);

    // "3/12", "2010-05-01" and "03" begin with the number that is meant.
    private static int Number(Dictionary<string, string> values, params ReadOnlySpan<string> names)
    {
        var text = Text(values, names);
        var end = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? text : text.AsSpan(0, end);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    private static string Cut(string text)
    {
        if (text.Length <= MaxLength)
            return text;

        return text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }
}
