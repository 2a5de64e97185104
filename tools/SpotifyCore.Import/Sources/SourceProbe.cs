using System.Globalization;
using System.Text.Json;

namespace SpotifyCore.Import.Sources;

/// <summary>Asks ffprobe what a file is.</summary>
internal static class SourceProbe
{
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
        return new SourceFacts(
            channels.GetInt32() == 1 ? 1 : 2,
            isLengthGuessed ? null : length,
            SourceTags.Read([TagsOf(audio), TagsOf(format)], source),
            FindCover(streams))
        {
            Likely = length,
        };
    }

    private static CoverStream? FindCover(List<JsonElement> streams)
    {
        var picture = streams.Find(static stream => IsKind(stream, "video")
            && stream.TryGetProperty("disposition", out var disposition)
            && disposition.TryGetProperty("attached_pic", out var attached)
            && attached.GetInt32() == 1);
        if (picture.ValueKind == JsonValueKind.Undefined)
            return null;

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

    private static JsonElement TagsOf(JsonElement element) =>
        element.TryGetProperty("tags", out var tags) ? tags : default;

    private static TimeSpan? ReadDuration(JsonElement element) =>
        element.TryGetProperty("duration", out var text)
        && double.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds is > 0 and < 1e7
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
