using System.Runtime.InteropServices;
using SpotifyCore.Import.Encoding;
using SpotifyCore.Import.Sources;
using SpotifyCore.Testing;

namespace SpotifyCore.Import.Tests.Sources;

public sealed class SourceDecoderTests(TestMusic music) : IClassFixture<TestMusic>, IDisposable
{
    private const int Edge = 100;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("same rate.wav", "-ar", "48000")]
    [InlineData("same rate.flac", "-ar", "48000", "-sample_fmt", "s32")]
    [InlineData("same rate.mp3", "-ar", "48000")]
    [InlineData("other.opus")]
    public async Task Decode_48Kilohertz_EqualsPlainFfmpeg(string name, params string[] options)
    {
        var source = music.Make(name, 2.5, options);
        using var decoded = await DecodeAsync(source);

        Assert.Equal(2, decoded.Pcm.Channels);
        Assert.Equal(TestMusic.Decode(source), Read(decoded.Pcm));
        Assert.Empty(decoded.Warnings);
    }

    [Theory]
    [InlineData("plain.wav")]
    [InlineData("deep.wav", "-c:a", "pcm_s24le")]
    [InlineData("coarse.wav", "-c:a", "pcm_u8", "-ar", "22050")]
    [InlineData("high.flac", "-ar", "96000", "-sample_fmt", "s32")]
    [InlineData("highest.wav", "-ar", "192000")]
    [InlineData("日本語.mp3")]
    [InlineData("vorbis.ogg", "-ar", "32000")]
    [InlineData("mono.flac", "-ac", "1")]
    public async Task Decode_AnotherRate_EqualsFfmpegWithTheSameFilter(string name, params string[] options)
    {
        const string filter = "aresample=48000:filter_size=64:cutoff=1:kaiser_beta=10:internal_sample_fmt=fltp";
        var source = music.Make(name, 2.5, options);
        using var decoded = await DecodeAsync(source);

        var channels = name == "mono.flac" ? 1 : 2;
        Assert.Equal(channels, decoded.Pcm.Channels);
        Assert.Empty(decoded.Warnings);
        var samples = MemoryMarshal.Cast<byte, short>(Read(decoded.Pcm)).ToArray();
        var expected = MemoryMarshal.Cast<byte, short>(TestMusic.Decode(source, "-af", filter)).ToArray();
        Assert.Equal(expected.Length, samples.Length);

        // The edges are ours alone.
        for (var i = Edge * channels; i < samples.Length - (Edge * channels); i++)
            Assert.InRange(samples[i] - expected[i], -1, 1);
    }

    [Fact]
    public async Task Decode_Surround_IsMixedDownToStereo()
    {
        var source = music.Make("surround.flac", 1, "-af", "pan=5.1|FL=c0|FR=c1|FC=c0|LFE=c1|BL=c0|BR=c1");
        using var decoded = await DecodeAsync(source);

        Assert.Equal(2, decoded.Pcm.Channels);
        Assert.Equal(TestMusic.Decode(source, "-ac", "2").Length, Read(decoded.Pcm).Length);
    }

    [Fact]
    public async Task Decode_KnownTone_MeasuresLoudnessAndPeak()
    {
        // EBU Tech 3341: a stereo 1 kHz sine at -23 dBFS is -23 LUFS; as mono it sounds the same from two loudspeakers.
        const string sine = "0.070795*sin(2*PI*1000*t)";
        string[] tone = ["-filter_complex", $"aevalsrc={sine}|{sine}:s=48000:d=5[tone]", "-map", "[tone]"];
        string[] monoTone = ["-filter_complex", $"aevalsrc={sine}:s=48000:d=5[tone]", "-map", "[tone]"];
        using var stereo = await DecodeAsync(music.Make("tone.wav", 0.1, tone));
        using var mono = await DecodeAsync(music.Make("tone mono.wav", 0.1, monoTone));

        Assert.InRange(stereo.Loudness.Integrated, -23.2f, -22.8f);
        Assert.InRange(mono.Loudness.Integrated, -23.2f, -22.8f);
        Assert.InRange(stereo.Loudness.Gain, 4.8f, 5.2f);
        Assert.InRange(stereo.Loudness.TruePeak, 0.068f, 0.073f);
    }

    [Fact]
    public async Task Decode_Silence_GetsNoGain()
    {
        using var decoded = await DecodeAsync(music.Make("silence.wav", 1, "-af", "volume=0"));
        Assert.Equal((0f, 0f), (decoded.Loudness.Gain, decoded.Loudness.TruePeak));
    }

    [Theory]
    [InlineData(".flac")]
    [InlineData(".wav")]
    [InlineData(".mp3")]
    public async Task Decode_TruncatedSource_GivesWhatThereIsAndWarns(string extension)
    {
        var whole = music.Make($"whole{extension}", 8);
        using var decoded = await DecodeAsync(music.Truncate(whole, $"half{extension}", 0.5));

        Assert.InRange(decoded.Pcm.Duration.TotalSeconds, 3, 5);
        Assert.NotEmpty(decoded.Warnings);
    }

    [Fact]
    public async Task Decode_HeaderWithoutSound_IsAnError()
    {
        var whole = music.Make("whole2.flac", 1);
        await Assert.ThrowsAsync<SourceException>(() =>
            DecodeAsync(music.Truncate(whole, "head.flac", 0.0) with { Length = 1 }));
        var wav = music.Make("whole2.wav", 1);
        var header = music.Write("head.wav", (await File.ReadAllBytesAsync(wav.Path))[..44]);
        await Assert.ThrowsAsync<SourceException>(() => DecodeAsync(header));
    }

    [Fact]
    public async Task Decode_SameSoundInOtherFiles_IsTheSameTrack()
    {
        using var wav = await DecodeAsync(music.Make("one.wav"));
        using var flac =
            await DecodeAsync(music.Make("two.flac", 2.5, "-sample_fmt", "s16", "-metadata", "title=Other"));
        using var other = await DecodeAsync(music.Make("three.wav", 2.6));

        Assert.Equal(wav.Pcm.Track, flac.Pcm.Track);
        Assert.NotEqual(wav.Pcm.Track, other.Pcm.Track);
    }

    [Theory]
    [InlineData(44_100, 2, "s16")]
    [InlineData(44_100, 1, "s16")]
    [InlineData(44_100, 2, "s32")]
    [InlineData(48_000, 2, "s16")]
    [InlineData(48_000, 2, "s32")]
    [InlineData(96_000, 1, "s32")]
    public async Task Decode_Flac_IsWhatFfmpegGivesOfTheSameWav(int rate, int channels, string form)
    {
        var name = $"form {rate} {channels} {form}";
        string[] options = ["-ar", $"{rate}", "-ac", $"{channels}"];
        var flac = music.Make($"{name}.flac", 1.5, [.. options, "-sample_fmt", form]);
        var wav = Path.Combine(music.Folder, $"{name}.wav");
        var pcm = form == "s16" ? "pcm_s16le" : "pcm_s24le";
        TestMusic.Run("ffmpeg", ["-v", "error", "-i", flac.Path, "-c:a", pcm, wav]);
        var facts = await SourceProbe.ReadAsync(flac, default);
        Assert.NotNull(facts.Sound.Flac);

        using var decoded = await DecodeAsync(flac);
        using var same = await DecodeAsync(new(wav, "", 1));

        Assert.Equal((same.Pcm.Track, same.Loudness), (decoded.Pcm.Track, decoded.Loudness));
        Assert.Empty(decoded.Warnings);
    }

    /// <summary>One frame is damaged, and ffmpeg goes on behind it.</summary>
    [Fact]
    public async Task Decode_DamagedFlac_GivesTheRestAndWarns()
    {
        var bytes = await File.ReadAllBytesAsync(music.Make("to be damaged.flac", 4).Path);
        bytes[bytes.Length / 2] ^= 0x10;
        var damaged = music.Write("damaged.flac", bytes);

        using var decoded = await DecodeAsync(damaged);

        Assert.InRange(decoded.Pcm.Duration.TotalSeconds, 3.8, 4.01);
        Assert.NotEmpty(decoded.Warnings);
    }

    [Fact]
    public async Task Decode_Cancelled_EndsFfmpegAndLeavesNothing()
    {
        var source = music.Make("long.wav", 600);
        var facts = await SourceProbe.ReadAsync(source, default);
        using var cancelled = new CancellationTokenSource();
        var decoding = SourceDecoder.DecodeAsync(new(source), facts, _scratch, cancelled.Token);
        await Eventually.TrueAsync(() => Directory.EnumerateFiles(_scratch.Path).Any(), "ffmpeg is at work");

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => decoding);
        Assert.Empty(Directory.EnumerateFiles(_scratch.Path));
    }

    private async Task<DecodedSource> DecodeAsync(SourceFile source) =>
        await SourceDecoder.DecodeAsync(new(source), await SourceProbe.ReadAsync(source, default), _scratch, default);

    private static byte[] Read(PcmSpool pcm)
    {
        var bytes = new byte[pcm.Samples * pcm.Channels * 2];
        Assert.Equal(bytes.Length, pcm.Read(0, bytes));
        return bytes;
    }
}
