using System.Globalization;
using System.Runtime.InteropServices;
using SpotifyCore.Import.Measuring;
using SpotifyCore.Import.Tests.Sources;

namespace SpotifyCore.Import.Tests.Measuring;

/// <summary>The signals of EBU Tech 3341, with the values and tolerances it says.</summary>
public sealed class LoudnessMeterTests(TestMusic music) : IClassFixture<TestMusic>
{
    private const int Rate = 48_000;

    /// <summary>Each pair is a level of a tone of 1 kHz, in dBFS, and for how many seconds.</summary>
    [Theory]
    [InlineData(-23.0, -23.0, 20.0)]
    [InlineData(-33.0, -33.0, 20.0)]
    [InlineData(-23.0, -36.0, 10.0, -23.0, 60.0, -36.0, 10.0)]
    [InlineData(-23.0, -72.0, 10.0, -36.0, 10.0, -23.0, 60.0, -36.0, 10.0, -72.0, 10.0)]
    [InlineData(-23.0, -26.0, 20.0, -20.0, 20.1, -26.0, 20.0)]
    public void Finish_Tones_IsWhatTheStandardSays(double loudness, params double[] levels)
    {
        var tones = new List<short>();
        for (var i = 0; i < levels.Length; i += 2)
            tones.AddRange(Tone(1_000, Math.Pow(10, levels[i] / 20), levels[i + 1]));

        Assert.Equal(loudness, Measure(tones).Integrated, 0.1);
    }

    /// <summary>Tones whose samples miss their peaks by the most: 0.2 dB above and 0.4 dB below are allowed.</summary>
    [Theory]
    [InlineData(4, 0)]
    [InlineData(4, 45)]
    [InlineData(6, 60)]
    [InlineData(8, 67.5)]
    public void Finish_TonesBetweenSamples_HaveTheirTruePeak(int part, double degrees)
    {
        var peak = 20 * Math.Log10(Measure(Tone(Rate / (double)part, 0.5, 1, degrees)).TruePeak);

        Assert.InRange(peak, -6.02 - 0.4, -6.02 + 0.2);
    }

    [Fact]
    public void Finish_Mono_IsAsLoudAsFromTwoLoudspeakers()
    {
        var stereo = Tone(1_000, 0.1, 2);
        var mono = new LoudnessMeter(1);
        mono.Add(stereo.Where((_, i) => i % 2 == 0).ToArray());

        Assert.Equal(Measure(stereo), mono.Finish());
    }

    [Fact]
    public void Add_InPortions_IsTheSame()
    {
        short[] sound = [.. Tone(997, 0.3, 3.33)];
        var meter = new LoudnessMeter(2);
        for (int at = 0, step = 2; at < sound.Length; at += step, step = (step * 7 % 9_998 & ~1) + 2)
            meter.Add(sound.AsSpan(at, Math.Min(step, sound.Length - at)));

        Assert.Equal(Measure(sound), meter.Finish());
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0, 5)]
    public void Finish_SilenceAndWhatIsShorterThanABlock_HasNoGain(double height, double seconds)
    {
        var measured = Measure(Tone(1_000, height, seconds + 0.39));

        Assert.Equal((Loudness.Silent, 0f), (measured.Integrated, measured.Gain));
        Assert.Equal(height, measured.TruePeak, 0.01);
    }

    /// <summary>A peak in the last sample has its true height behind it.</summary>
    [Theory]
    [InlineData(4_090)]
    [InlineData(4_096)]
    [InlineData(4_100)]
    public void Finish_PeakAtTheEnd_IsMeasured(int length)
    {
        var sound = new short[length * 2];
        (sound[^4], sound[^2]) = (16_384, 16_384);
        var longer = Measure([.. sound, .. new short[2_000]]);

        Assert.Equal(longer.TruePeak, Measure(sound).TruePeak);
        Assert.InRange(longer.TruePeak, 0.55f, 0.7f);
    }

    [Fact]
    public void Finish_Music_IsAsFfmpegMeasuresIt()
    {
        var sound = TestSound.Make(11, 8, Rate, gain: 0.9f, noise: 0.3);
        var wav = music.Write("measured.wav", sound.ToWav());
        var report = System.Text.Encoding.UTF8.GetString(TestMusic.Run(
            "sh", ["-c", $"ffmpeg -nostdin -hide_banner -i '{wav.Path}' -af ebur128=peak=true -f null - 2>&1"]));
        float Said(string what) => float.Parse(
            report.Split('\n').Last(line => line.Trim().StartsWith(what, StringComparison.Ordinal)).Split(' ')[^2],
            CultureInfo.InvariantCulture);

        var measured = Measure(MemoryMarshal.Cast<byte, short>(sound.ToWav().AsSpan(44)).ToArray());

        Assert.Equal(Said("I:"), measured.Integrated, 0.1f);
        Assert.Equal(Said("Peak:"), 20 * MathF.Log10(measured.TruePeak), 0.2f);
    }

    private static Loudness Measure(IReadOnlyCollection<short> stereo)
    {
        var meter = new LoudnessMeter(2);
        meter.Add(stereo.ToArray());
        return meter.Finish();
    }

    // On both channels, with a soft beginning and end so that these are no peaks.
    private static List<short> Tone(double pitch, double height, double seconds, double degrees = 0)
    {
        var tone = new List<short>();
        var frames = (int)Math.Round(seconds * Rate);
        for (var i = 0; i < frames; i++)
        {
            var swell = Math.Min(1, Math.Min(i, frames - i) / (0.01 * Rate));
            var value = Math.Sin((Math.Tau * pitch * i / Rate) + (degrees / 180 * Math.PI));
            var sample = (short)Math.Round(value * swell * height * 32_767);
            tone.AddRange([sample, sample]);
        }

        return tone;
    }
}
