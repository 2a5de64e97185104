using System.Runtime.InteropServices;

namespace SpotifyCore.Codec.Tests;

/// <summary>Sound to test with, 48 kHz; the same arguments give the same samples.</summary>
internal static class TestPcm
{
    /// <summary>A continuous piece: chords that change every half second, a little noise, no silence.</summary>
    public static short[] Music(int samples, int channels, int seed = 1)
    {
        var random = new Random(seed);
        var pcm = new short[samples * channels];
        var phases = new double[12];
        var steps = new double[12];
        for (var n = 0; n < samples; n++)
        {
            if (n % 24_000 == 0)
                Retune(steps, random);

            var noise = (random.NextDouble() - 0.5) * 300;
            var left = 0.0;
            var right = 0.0;
            for (var i = 0; i < steps.Length; i++)
            {
                phases[i] += steps[i];
                var tone = Math.Sin(phases[i]) * 9_000 / (2 + i);
                left += tone;
                right += i % 2 == 0 ? tone : -tone * 0.6;
            }

            pcm[n * channels] = (short)(left + noise);
            if (channels == 2)
                pcm[(n * 2) + 1] = (short)(right + noise);
        }

        return pcm;
    }

    /// <summary>Signed 16-bit little-endian, as the tools read and write it.</summary>
    public static byte[] ToBytes(ReadOnlySpan<short> pcm) => MemoryMarshal.AsBytes(pcm).ToArray();

    public static short[] FromBytes(byte[] bytes) => MemoryMarshal.Cast<byte, short>(bytes).ToArray();

    /// <summary>Root of the mean square of the difference, over full scale.</summary>
    public static double Error(ReadOnlySpan<short> original, ReadOnlySpan<float> decoded)
    {
        Assert.Equal(original.Length, decoded.Length);
        var sum = 0.0;
        for (var i = 0; i < original.Length; i++)
        {
            var difference = (original[i] / 32_768.0) - decoded[i];
            sum += difference * difference;
        }

        return Math.Sqrt(sum / Math.Max(1, original.Length));
    }

    private static void Retune(double[] steps, Random random)
    {
        var root = 55 * Math.Pow(2, random.Next(0, 24) / 12.0);
        for (var i = 0; i < steps.Length; i++)
            steps[i] = root * (i + 1) * Math.Tau / 48_000;
    }
}
