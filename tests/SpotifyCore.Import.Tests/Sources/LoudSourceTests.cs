using System.Runtime.InteropServices;

namespace SpotifyCore.Import.Tests.Sources;

/// <summary>Files that decode above full scale.</summary>
public sealed class LoudSourceTests(TestMusic music) : IClassFixture<TestMusic>
{
    [Theory]
    [InlineData(2f)]
    [InlineData(40f)]
    public async Task Decode_FloatsBeyondFullScale_AreScaledNotCut(float factor)
    {
        var sound = TestSound.Make(1, 4, 48_000, gain: 1);
        var source = music.Write($"{factor}.wav", sound.Times(factor).ToFloatWav());

        var decoded = await DecodedSound.OfAsync(source);

        Assert.InRange(decoded.CorrelationWith(sound.Samples), 0.99999, 1);
        Assert.InRange(decoded.Samples.Max(MathF.Abs), 0.9999f, 1);
        var measured = await DecodedSound.MeasureAsync(music, sound.Samples, $"{factor}");
        Assert.InRange(decoded.Loudness.Integrated, measured.Integrated - 0.15f, measured.Integrated + 0.15f);
        Assert.InRange(decoded.Loudness.TruePeak / measured.TruePeak, 0.98f, 1.02f);
    }

    [Fact]
    public async Task Decode_FloatsUpToFullScale_StayAsTheyAre()
    {
        var sound = TestSound.Make(2, 2, 48_000, gain: 1);
        var decoded = await DecodedSound.OfAsync(music.Write("full.wav", sound.ToFloatWav()));

        for (var i = 0; i < sound.Samples.Length; i++)
            Assert.InRange(decoded.Samples[i] - sound.Samples[i], -1.01f / 32_768, 1.01f / 32_768);
    }

    [Fact]
    public async Task Decode_NumbersThatAreNoSound_DoNotSilenceTheRest()
    {
        var sound = TestSound.Make(3, 2, 48_000);
        float[] samples = [.. sound.Samples];
        (samples[1_000], samples[2_000], samples[3_000]) = (float.NaN, 1e30f, float.NegativeInfinity);

        var decoded = await DecodedSound.OfAsync(
            music.Write("numbers.wav", (sound with { Samples = samples }).ToFloatWav()));

        Assert.InRange(decoded.CorrelationWith(sound.Samples), 0.98, 1);
        Assert.InRange(decoded.LevelOver(sound.Samples), -0.5, 0.5);
    }

    [Fact]
    public async Task Decode_NumbersThatAreNoSoundAtAnotherRate_AreAsSilentAsNone()
    {
        var sound = TestSound.Make(3, 2);
        float[] silent = [.. sound.Samples], samples = [.. sound.Samples];
        (silent[10_000], silent[40_000], silent[80_000]) = (0, 0, 0);
        (samples[10_000], samples[40_000], samples[80_000]) = (float.NaN, 1e30f, float.NegativeInfinity);

        var expected = await DecodedSound.OfAsync(
            music.Write("none 44.wav", (sound with { Samples = silent }).ToFloatWav()));
        var decoded = await DecodedSound.OfAsync(
            music.Write("numbers 44.wav", (sound with { Samples = samples }).ToFloatWav()));

        Assert.Equal(expected.Samples, decoded.Samples);
    }

    [Fact]
    public async Task Decode_FloatsWhosePeaksLieBetweenThem_AreScaledByTheirPeaks()
    {
        // An eighth of a turn off, the samples of a quarter of the rate are 0.71 of the peak.
        static float[] Tone(int rate, int length) =>
        [
            .. Enumerable.Range(0, length * 2).Select(i =>
                (float)(1.3 * Math.Sin((Math.Tau * 11_025 * (i / 2) / rate) + (Math.Tau / 8)))),
        ];

        var decoded = await DecodedSound.OfAsync(
            music.Write("between.wav", new TestSound(Tone(44_100, 44_100), 2, 44_100).ToFloatWav()));

        var margin = 2_000;
        var (inner, expected) = (decoded.Samples[margin..^margin], Tone(48_000, 48_000)[margin..^margin]);
        Assert.InRange((decoded with { Samples = inner }).CorrelationWith(expected), 0.999999, 1.000001);
        Assert.InRange(inner.Max(MathF.Abs), 0.95f, 1);
    }

    [Fact]
    public async Task Decode_LoudMp3_IsScaledByWhatItDecodesTo()
    {
        var sound = TestSound.Make(4, 4, gain: 8);
        var loud = sound with { Samples = [.. sound.Samples.Select(static one => 0.999f * MathF.Tanh(one))] };
        var wav = music.Write("loud.wav", loud.ToWav());
        var mp3 = Path.Combine(music.Folder, "loud.mp3");
        TestMusic.Run("lame", ["-S", "-b", "96", wav.Path, mp3]);
        var floats = TestMusic.Run(
            "ffmpeg", ["-v", "error", "-i", mp3, "-ar", "48000", "-f", "f32le", "-c:a", "pcm_f32le", "-"]);
        var reference = MemoryMarshal.Cast<byte, float>(floats).ToArray();
        var highest = reference.Max(MathF.Abs);

        var decoded = await DecodedSound.OfAsync(music.Write("loud.mp3", await File.ReadAllBytesAsync(mp3)));

        Assert.InRange(highest, 1.05f, 4);
        Assert.InRange(decoded.CorrelationWith(reference), 0.99999, 1);
        Assert.InRange(decoded.Samples.Max(MathF.Abs), 0.9999f, 1);
        Assert.InRange(decoded.LevelOver(reference) + (20 * Math.Log10(highest)), -0.01, 0.01);
    }
}
