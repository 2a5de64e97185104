using System.Globalization;
using SpotifyCore.Testing;

namespace SpotifyCore.Codec.Tests.Foreign;

/// <summary>What the engine writes plays elsewhere; what others write, it plays like they do.</summary>
[Trait("Needs", "libopus")]
public sealed class ForeignToolsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(1, 96_000, 48_000)]
    [InlineData(1, 160_000, 12_345)]
    [InlineData(2, 96_000, 100_001)]
    [InlineData(2, 160_000, 96_000)]
    [InlineData(2, 320_000, 70_777)]
    [InlineData(2, 96_000, 0)]
    [InlineData(2, 96_000, 1)]
    [InlineData(1, 320_000, 300)]
    public void WrittenFile_InOpusdecAndFfmpeg_HasTheSameSamples(int channels, int bitsPerSecond, int samples)
    {
        var file = Write(TestOpus.Encode(TestPcm.Music(samples, channels), channels, bitsPerSecond));
        var ours = TestOpus.Decode(File.ReadAllBytes(file), channels);

        AssertClose(ours, OpusDec(file, channels), 2);
        var ffmpeg =
            TestPcm.FromBytes(Tool.Run("ffmpeg", "-v", "error", "-c:a", "libopus", "-i", file, "-f", "s16le", "-"));
        AssertClose(ours, ffmpeg, 2);
    }

    [Fact]
    public void WrittenFile_InFfprobe_IsACleanOpusStream()
    {
        var file = Write(TestOpus.Encode(TestPcm.Music(96_000 + 5, 2), 2, 96_000));
        var probe = Tool.RunText(
            "ffprobe", "-v", "warning", "-show_entries", "stream=codec_name,sample_rate,channels,duration",
            "-of", "csv=p=0", file);
        var fields = probe.Trim().Split(',');
        Assert.Equal(["opus", "48000", "2"], fields[..3]);
        Assert.Equal((96_005 + 3_840) / 48_000.0, double.Parse(fields[3], CultureInfo.InvariantCulture), 5);
    }

    [Fact]
    public void WrittenFile_InOpusinfo_HasNoWarning()
    {
        var report = Tool.RunText("opusinfo", Write(TestOpus.Encode(TestPcm.Music(96_005, 2), 2, 96_000)));
        Assert.DoesNotContain("WARNING", report, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Pre-skip: 3840", report, StringComparison.Ordinal);
        Assert.Contains("Playback length: 0m:02.000s", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "64", "20", "1000")]
    [InlineData(2, "96", "20", "0")]
    [InlineData(2, "160", "60", "1000")]
    [InlineData(2, "510", "20", "1000")]
    [InlineData(1, "16", "40", "400")]
    [InlineData(2, "128", "2.5", "100")]
    public void FileOfOpusenc_Decoded_EqualsOpusdec(int channels, string kilobits, string frame, string pageDelay)
    {
        var raw = _directory["in.pcm"];
        var file = _directory["enc.opus"];
        File.WriteAllBytes(raw, TestPcm.ToBytes(TestPcm.Music(200_123, channels)));
        Tool.Run(
            "opusenc", "--quiet", "--raw", "--raw-rate", "48000", "--raw-chan", $"{channels}", "--bitrate", kilobits,
            "--framesize", frame, "--max-delay", pageDelay, "--title", "Ått ljud", "--padding", "70000", raw, file);

        var ours = TestOpus.Decode(File.ReadAllBytes(file), channels, block: 5_000);

        Assert.Equal(200_123 * channels, ours.Length);
        AssertClose(ours, OpusDec(file, channels), 2);
    }

    [Fact]
    public void FileOfFfmpeg_Decoded_EqualsOpusdec()
    {
        var raw = _directory["in.pcm"];
        var file = _directory["ff.opus"];
        File.WriteAllBytes(raw, TestPcm.ToBytes(TestPcm.Music(150_321, 2)));
        Tool.Run(
            "ffmpeg", "-v", "error", "-f", "s16le", "-ar", "48000", "-ac", "2", "-i", raw, "-c:a", "libopus", file);

        AssertClose(TestOpus.Decode(File.ReadAllBytes(file), 2), OpusDec(file, 2), 2);
    }

    [Fact]
    public void FileWithOutputGain_Decoded_IsLouderLikeOpusdec()
    {
        var raw = _directory["in.pcm"];
        var file = _directory["gain.opus"];
        File.WriteAllBytes(raw, TestPcm.ToBytes(TestPcm.Music(48_000, 2)));
        Tool.Run("opusenc", "--quiet", "--raw", "--raw-rate", "48000", "--raw-chan", "2", raw, file);
        var bytes = File.ReadAllBytes(file);
        var quieter = WithOutputGain(bytes, -6 * 256);
        File.WriteAllBytes(file, quieter);

        AssertClose(TestOpus.Decode(quieter, 2), OpusDec(file, 2), 2);
    }

    private static byte[] WithOutputGain(byte[] file, short gain)
    {
        var changed = file.ToArray();
        const int firstPage = 28 + 19;
        BitConverter.TryWriteBytes(changed.AsSpan(28 + 16), gain);
        changed.AsSpan(22, 4).Clear();
        BitConverter.TryWriteBytes(
            changed.AsSpan(22), SpotifyCore.Codec.Ogg.OggCrc.Compute(changed.AsSpan(0, firstPage)));
        return changed;
    }

    private short[] OpusDec(string file, int channels)
    {
        var raw = _directory["out.pcm"];
        Tool.Run("opusdec", "--quiet", "--no-dither", "--rate", "48000", file, raw);
        var samples = TestPcm.FromBytes(File.ReadAllBytes(raw));
        Assert.Equal(0, samples.Length % channels);
        return samples;
    }

    private string Write(byte[] file)
    {
        File.WriteAllBytes(_directory["ours.opus"], file);
        return _directory["ours.opus"];
    }

    private static void AssertClose(float[] ours, short[] theirs, int steps)
    {
        Assert.Equal(theirs.Length, ours.Length);
        for (var i = 0; i < ours.Length; i++)
            Assert.InRange(Math.Clamp(ours[i] * 32_768, -32_768, 32_767) - theirs[i], -steps, steps);
    }
}
