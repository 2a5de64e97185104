using SpotifyCore.Codec.Opus;

namespace SpotifyCore.Import.Encoding;

/// <summary>How tracks are encoded, and the text that says so when earlier work is looked for.</summary>
internal static class EncoderSettings
{
    /// <summary>The files made of each track.</summary>
    public static IReadOnlyList<int> BitsPerSecond { get; } = [96_000, 160_000, 320_000];

    /// <summary>Changes with all that changes a file's bytes: library, bitrates, and how files are written.</summary>
    public static string Describe(IOpusCodec codec) =>
        $"{codec.Version}; vbr {string.Join(',', BitsPerSecond)}; 20 ms; edges 1";
}
