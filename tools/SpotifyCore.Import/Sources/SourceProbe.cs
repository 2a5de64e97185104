using System.Text.Json;
using SpotifyCore.Codec.Opus;
using SpotifyCore.Codec.Resampling;
using SpotifyCore.Import.Parts;
using SpotifyCore.Import.Tags;
using SpotifyCore.Import.Tags.Fields;

namespace SpotifyCore.Import.Sources;

/// <summary>
/// Finds out what a file is made of, by ffprobe and by what is read here, and reads its tags. To start a program takes
/// as long as some seconds of music do: FLAC does without.
/// </summary>
internal static class SourceProbe
{
    // What ffmpeg says of an attached picture that is the front cover.
    private const string FrontCover = "Cover (front)";

    private const int BufferSize = 16 * 1024;

    /// <summary>Reads channels, length, parts, tags and where the cover is.</summary>
    /// <exception cref="SourceException">ffprobe finds no sound in it.</exception>
    public static async Task<SourceFacts> ReadAsync(SourceFile source, CancellationToken cancellationToken)
    {
        if (source.Length == 0)
            throw new SourceException("it is empty");

        if (FindFlac(source.Path) is { } flac)
            return new SourceFacts(
                SoundParts.Of(source.Path, flac), Interpret(TagReader.Read(source.Path), source), null);

        var media = await ProbedMedia.ReadAsync($"file:{source.Path}", cancellationToken);
        var sound = media.Sound;
        var parts = await SoundParts.FindAsync(source.Path, media, cancellationToken);
        var fields = TagReader.Read(source.Path);
        var isProbed = fields.IsEmpty;
        if (isProbed)
            fields = ProbedTags.Read(media.Format, sound.Report);

        return new SourceFacts(parts, Interpret(fields, source), isProbed ? FindCover(media.Streams) : null);
    }

    /// <summary>Reads tags and where the cover is; without ffprobe where the tags are read here.</summary>
    /// <exception cref="SourceException">They are not, and ffprobe finds no sound in it.</exception>
    public static async Task<SourceLabel> ReadLabelAsync(SourceFile source, CancellationToken cancellationToken)
    {
        var fields = TagReader.Read(source.Path);
        return fields.IsEmpty
            ? await ReadAsync(source, cancellationToken)
            : new SourceLabel(Interpret(fields, source), null);
    }

    // Of a form that ffmpeg does not resample.
    private static FlacSound? FindFlac(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize);
        return file.CanSeek && FlacSound.Find(file) is { } flac
            && (flac.Info.Rate == OpusFormat.SampleRate || Resampler.Supports(flac.Info.Rate))
            ? flac
            : null;
    }

    private static SourceTags Interpret(TagFields fields, SourceFile source)
    {
        if (fields[TagField.Title].Count == 0)
            fields.Add(TagField.Title, "", Path.GetFileNameWithoutExtension(source.Name));

        return TagInterpreter.Read(fields);
    }

    private static CoverStream? FindCover(IReadOnlyList<JsonElement> streams)
    {
        var pictures = streams.Where(static stream => stream.TryGetProperty("codec_type", out var type)
            && type.ValueEquals("video")
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

    private static bool IsFrontCover(JsonElement stream) =>
        stream.TryGetProperty("tags", out var tags)
        && tags.TryGetProperty("comment", out var comment)
        && comment.ValueEquals(FrontCover);
}
