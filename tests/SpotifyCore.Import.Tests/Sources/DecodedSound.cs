using SpotifyCore.Import.Measuring;
using SpotifyCore.Import.Sources;

namespace SpotifyCore.Import.Tests.Sources;

/// <summary>What became of a source, as two channels of 48 kHz, to be compared with what it was made of.</summary>
/// <param name="Samples">Interleaved.</param>
/// <param name="Channels">Of the track that is imported.</param>
/// <param name="Loudness">As it was measured.</param>
/// <param name="Warnings">What was said of it.</param>
internal sealed record DecodedSound(
    float[] Samples, int Channels, Loudness Loudness, IReadOnlyList<string> Warnings)
{
    /// <summary>Samples per channel.</summary>
    public int Length => Samples.Length / 2;

    /// <summary>Decodes a source as the importer does.</summary>
    public static async Task<DecodedSound> OfAsync(SourceFile source)
    {
        using var scratch = new Scratch();
        var facts = await SourceProbe.ReadAsync(source, default);
        using var decoded = await SourceDecoder.DecodeAsync(new(source), facts, scratch, default);
        var bytes = new byte[decoded.Pcm.Samples * decoded.Pcm.Channels * sizeof(short)];
        Assert.Equal(bytes.Length, decoded.Pcm.Read(0, bytes));
        return new DecodedSound(
            ToStereo(bytes, decoded.Pcm.Channels), decoded.Pcm.Channels, decoded.Loudness, decoded.Warnings);
    }

    /// <summary>
    /// What a WAV file of 16 bit sounds like at 48 kHz, by plain ffmpeg: as two channels, unless it stays mono.
    /// </summary>
    public static float[] Reference(TestMusic music, TestSound sound, string name, bool staysMono = false)
    {
        var wav = music.Write($"{name}.reference.wav", sound.ToWav());
        return ToStereo(TestMusic.Decode(wav, "-ac", staysMono ? "1" : "2"), staysMono ? 1 : 2);
    }

    /// <summary>1 where both have the same form, whatever the level.</summary>
    public double CorrelationWith(ReadOnlySpan<float> reference)
    {
        double both = 0, own = 0, other = 0;
        for (var i = 0; i < Math.Min(Samples.Length, reference.Length); i++)
        {
            both += (double)Samples[i] * reference[i];
            own += (double)Samples[i] * Samples[i];
            other += (double)reference[i] * reference[i];
        }

        return both / Math.Sqrt(own * other);
    }

    /// <summary>Decibels above the reference.</summary>
    public double LevelOver(ReadOnlySpan<float> reference) => 10 * Math.Log10(Power(Samples) / Power(reference));

    /// <summary>How loud a reference is, by the same measure.</summary>
    public static async Task<Loudness> MeasureAsync(TestMusic music, float[] reference, string name) =>
        (await OfAsync(music.Write($"{name}.measured.wav", new TestSound(reference, 2, 48_000).ToWav()))).Loudness;

    /// <summary>Samples of 16 bit as two channels of floats.</summary>
    public static float[] ToStereo(byte[] pcm, int channels)
    {
        var samples = new float[pcm.Length / sizeof(short) * (2 / channels)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = BitConverter.ToInt16(pcm, (channels == 1 ? i / 2 : i) * sizeof(short)) / 32_768f;

        return samples;
    }

    private static double Power(ReadOnlySpan<float> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples)
            sum += (double)sample * sample;

        return sum / samples.Length;
    }
}
