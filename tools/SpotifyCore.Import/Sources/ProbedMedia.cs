using System.Text.Json;

namespace SpotifyCore.Import.Sources;

/// <summary>What ffprobe says of a file, or of a part of one.</summary>
/// <param name="Format">Of all of it.</param>
/// <param name="Streams">Of each stream.</param>
/// <param name="IsLengthGuessed">True where the length is one by bit rate and bytes.</param>
internal sealed record ProbedMedia(JsonElement Format, IReadOnlyList<JsonElement> Streams, bool IsLengthGuessed)
{
    /// <summary>ffmpeg's name of the container, or its names.</summary>
    public string FormatName => Format.GetProperty("format_name").GetString() ?? "";

    /// <summary>The sound that is meant to be heard.</summary>
    /// <exception cref="SourceException">There is none.</exception>
    public SoundStream Sound
    {
        get
        {
            var all = Streams.Select(SoundStream.Read).OfType<SoundStream>().ToList();
            return all.Find(static sound => sound.IsDefault) ?? all.FirstOrDefault()
                ?? throw new SourceException("there is no sound in it");
        }
    }

    /// <summary>The length of its sound; null where nothing says.</summary>
    public TimeSpan? Length => Sound.Length ?? SoundStream.ReadLength(Format);

    /// <summary>A tag of the file by its name; null where it has none.</summary>
    public string? TagOf(string name) =>
        Format.TryGetProperty("tags", out var tags) && tags.TryGetProperty(name, out var text)
            ? text.GetString()
            : null;

    /// <summary>Asks ffprobe.</summary>
    /// <exception cref="SourceException">It finds nothing that it knows.</exception>
    public static async Task<ProbedMedia> ReadAsync(string input, CancellationToken cancellationToken)
    {
        var output = new MemoryStream();
        string[] arguments = ["-v", "warning", "-show_format", "-show_streams", "-of", "json", input];
        var run = await MediaTool.RunAsync(
            "ffprobe", arguments, stream => stream.CopyToAsync(output, cancellationToken), cancellationToken);
        if (run.ExitCode != 0)
        {
            var words = run.LastWords.Replace($"{input}: ", "", StringComparison.Ordinal);
            throw new SourceException("it is no sound file, or is damaged from its beginning on", words);
        }

        using var document = JsonDocument.Parse(output.ToArray());
        var root = document.RootElement.Clone();
        var guessed = run.Report.Any(static line => line.Contains("Estimating duration", StringComparison.Ordinal));
        return new ProbedMedia(
            root.GetProperty("format"), [.. root.GetProperty("streams").EnumerateArray()], guessed);
    }
}
