using System.Globalization;
using System.Text.Json;
using SpotifyCore.Codec.Flac;

namespace SpotifyCore.Import.Sources;

/// <summary>A stream of sound, as ffprobe describes it.</summary>
/// <param name="Index">Its number among all streams.</param>
/// <param name="Channels">At least 1.</param>
internal sealed record SoundStream(int Index, int Channels)
{
    private const string Unplaced = "unknown";

    /// <summary>Where its channels are placed, in ffmpeg's words.</summary>
    public string Layout { get; private init; } = Unplaced;

    /// <summary>False where nothing says where its channels are.</summary>
    public bool IsPlaced => Layout != Unplaced;

    /// <summary>True where its decoder gives floats, which may go beyond full scale.</summary>
    public bool IsFloat { get; private init; }

    /// <summary>True where its decoder gives integers of 16 bit or fewer.</summary>
    public bool IsShort { get; private init; }

    /// <summary>Samples a second; 0 where nothing says.</summary>
    public int Rate { get; private init; }

    /// <summary>True for FLAC of 32 bit, which not every ffmpeg decodes.</summary>
    public bool IsLongFlac { get; private init; }

    /// <summary>What its container calls it; 0 where that has no numbers.</summary>
    public uint Id { get; private init; }

    /// <summary>True for the one that is meant to be heard, where there are several.</summary>
    public bool IsDefault { get; private init; }

    /// <summary>The length it says it has, or a guess of it; null where nothing says.</summary>
    public TimeSpan? Length { get; private init; }

    /// <summary>What ffprobe said of it.</summary>
    public JsonElement Report { get; private init; }

    /// <summary>That of a FLAC file of one or two channels.</summary>
    public static SoundStream Of(FlacStreamInfo flac) => new(0, flac.Channels)
    {
        Layout = flac.Channels == 1 ? "mono" : "stereo",
        IsShort = flac.BitsPerSample <= 16,
        Rate = flac.Rate,
        Length = TimeSpan.FromSeconds(flac.Samples / (double)flac.Rate),
    };

    /// <summary>Reads a stream; null where it is none of sound, or one without channels.</summary>
    public static SoundStream? Read(JsonElement stream)
    {
        if (TextOf(stream, "codec_type") != "audio" || !stream.TryGetProperty("channels", out var channels)
            || channels.GetInt32() < 1)
            return null;

        var id = TextOf(stream, "id");
        return new SoundStream(stream.GetProperty("index").GetInt32(), channels.GetInt32())
        {
            Layout = TextOf(stream, "channel_layout") is { Length: > 0 } layout ? layout : Unplaced,
            IsFloat = TextOf(stream, "sample_fmt") is ['f', 'l', 't', ..] or ['d', 'b', 'l', ..],
            IsShort = TextOf(stream, "sample_fmt") is "s16" or "s16p" or "u8" or "u8p",
            Rate = int.TryParse(TextOf(stream, "sample_rate"), CultureInfo.InvariantCulture, out var rate) ? rate : 0,
            IsLongFlac = TextOf(stream, "codec_name") == "flac" && TextOf(stream, "bits_per_raw_sample") == "32",
            Id = id.StartsWith("0x", StringComparison.Ordinal)
                && uint.TryParse(id[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
                ? number
                : 0,
            IsDefault = stream.TryGetProperty("disposition", out var disposition)
                && disposition.TryGetProperty("default", out var isDefault) && isDefault.GetInt32() == 1,
            Length = ReadLength(stream),
            Report = stream,
        };
    }

    /// <summary>The length that ffprobe says of a stream or a file; null where it says none.</summary>
    public static TimeSpan? ReadLength(JsonElement element) =>
        double.TryParse(
            TextOf(element, "duration"), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds is > 0 and < 1e7
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static string TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString() ?? ""
            : "";
}
