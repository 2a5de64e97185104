using System.Globalization;
using System.Text.Json;
using SpotifyCore.Import.Tags;
using SpotifyCore.Import.Tags.Fields;

namespace SpotifyCore.Import.Sources;

/// <summary>Asks ffprobe what a file is, and reads its tags.</summary>
internal static class SourceProbe
{
    // What ffmpeg says of an attached picture that is the front cover.
    private const string FrontCover = "Cover (front)";

    /// <summary>Reads channels, length, tags and where the cover is.</summary>
    /// <exception cref="SourceException">ffprobe finds no sound in it.</exception>
    public static async Task<SourceFacts> ReadAsync(SourceFile source, CancellationToken cancellationToken)
    {
        if (source.Length == 0)
            throw new SourceException("it is empty");

        var output = new MemoryStream();
        string[] arguments =
            ["-v", "warning", "-show_format", "-show_streams", "-of", "json", $"file:{source.Path}"];
        var run = await MediaTool.RunAsync(
            "ffprobe", arguments, stream => stream.CopyToAsync(output, cancellationToken), cancellationToken);
        if (run.ExitCode != 0)
        {
            var words = run.LastWords.Replace($"file:{source.Path}: ", "", StringComparison.Ordinal);
            throw new SourceException("it is no sound file, or is damaged from its beginning on", words);
        }

        using var document = JsonDocument.Parse(output.ToArray());
        var guessed = run.Report.Any(static line => line.Contains("Estimating duration", StringComparison.Ordinal));
        return Read(document.RootElement, source, guessed);
    }

    private static SourceFacts Read(JsonElement root, SourceFile source, bool isLengthGuessed)
    {
        var streams = root.GetProperty("streams").EnumerateArray().ToList();
        var audio = streams.Find(static stream => IsKind(stream, "audio"));
        if (audio.ValueKind == JsonValueKind.Undefined || !audio.TryGetProperty("channels", out var channels))
            throw new SourceException("there is no sound in it");

        var format = root.GetProperty("format");
        var length = ReadDuration(audio) ?? ReadDuration(format);
        var fields = TagReader.Read(source.Path);
        var isProbed = fields.IsEmpty;
        if (isProbed)
            fields = ProbedTags.Read(format, audio);

        if (fields[TagField.Title].Count == 0)
            fields.Add(TagField.Title, "", Path.GetFileNameWithoutExtension(source.Name));

        return new SourceFacts(
            channels.GetInt32() == 1 ? 1 : 2,
            isLengthGuessed ? null : length,
            TagInterpreter.Read(fields),
            isProbed ? FindCover(streams) : null)
        {
            Likely = length,
        };
    }

    private static CoverStream? FindCover(List<JsonElement> streams)
    {
        var pictures = streams.Where(static stream => IsKind(stream, "video")
            && stream.TryGetProperty("disposition", out var disposition)
            && disposition.TryGetProperty("attached_pic", out var attached)
            && attached.GetInt32() == 1).ToList();
        if (pictures.Count == 0)
            return null;

        var picture = pictures.Find(IsFrontCover) is { ValueKind: JsonValueKind.Object } front ? front : pictures[0];
        var mediaType = picture.GetProperty("codec_name").GetString() switch
        {
            "mjpeg" => "image/jpeg",
            { } codec => $"image/{codec}",
            null => "image/unknown",
        };
        return new CoverStream(picture.GetProperty("index").GetInt32(), mediaType);
    }

    private static bool IsKind(JsonElement stream, string kind) =>
        stream.TryGetProperty("codec_type", out var type) && type.ValueEquals(kind);

    private static bool IsFrontCover(JsonElement stream) =>
        stream.TryGetProperty("tags", out var tags)
        && tags.TryGetProperty("comment", out var comment)
        && comment.ValueEquals(FrontCover);

    private static TimeSpan? ReadDuration(JsonElement element) =>
        element.TryGetProperty("duration", out var text)
        && double.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds is > 0 and < 1e7
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
