using System.Text.Json;
using SpotifyCore.Import.Tags.Fields;

namespace SpotifyCore.Import.Sources;

/// <summary>Tags as ffprobe lists them, for the formats whose tags are not read here.</summary>
internal static class ProbedTags
{
    private const string OggFormat = "ogg";

    /// <summary>
    /// Reads the tags of a file and of its sound. The title of a stream, as of one among several in a film, is none
    /// of a song; in Ogg alone tags are those of the stream.
    /// </summary>
    public static TagFields Read(JsonElement format, JsonElement audio)
    {
        var isOfStream = format.TryGetProperty("format_name", out var name) && name.ValueEquals(OggFormat);
        var fields = Read(format, isTitled: true);
        fields.Complete(Read(audio, isOfStream));
        return fields;
    }

    private static TagFields Read(JsonElement element, bool isTitled)
    {
        var fields = new TagFields();
        if (!element.TryGetProperty("tags", out var tags) || tags.ValueKind != JsonValueKind.Object)
            return fields;

        foreach (var tag in tags.EnumerateObject())
        {
            if (TagNames.FieldOf(tag.Name) is { } field && (isTitled || field != TagField.Title))
                fields.Add(field, tag.Name, tag.Value.GetString() ?? "");
        }

        return fields;
    }
}
