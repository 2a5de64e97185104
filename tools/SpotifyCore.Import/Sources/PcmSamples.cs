using System.Runtime.Intrinsics;

namespace SpotifyCore.Import.Sources;

/// <summary>Samples as floats, of which 1.0 is full scale, and as integers of 16 bit.</summary>
internal static class PcmSamples
{
    /// <summary>What the floats are multiplied by.</summary>
    public const float FullScale = 32_768;

    // Beyond the integers of 16 bit that some write as floats there is no music, but damage.
    private const float Highest = 32_768;

    /// <summary>True for music; false for damage, and for what is no number.</summary>
    public static bool IsSound(float sample) => MathF.Abs(sample) <= Highest;

    /// <summary>The same as floats; none is lost.</summary>
    public static void ToFloats(ReadOnlySpan<short> integers, Span<float> samples)
    {
        var i = 0;
        for (; i <= integers.Length - Vector256<short>.Count; i += Vector256<short>.Count)
        {
            var (low, high) = Vector256.Widen(Vector256.Create(integers[i..]));
            (Vector256.ConvertToSingle(low) * (1 / FullScale)).CopyTo(samples[i..]);
            (Vector256.ConvertToSingle(high) * (1 / FullScale)).CopyTo(samples[(i + Vector256<float>.Count)..]);
        }

        for (; i < integers.Length; i++)
            samples[i] = integers[i] * (1 / FullScale);
    }

    /// <summary>
    /// As ffmpeg does it: to the nearest, and of two as near to the even one; what is beyond full scale is cut. What is
    /// no number is silence.
    /// </summary>
    public static void ToIntegers(ReadOnlySpan<float> samples, Span<short> integers, float factor)
    {
        var i = 0;
        for (; i <= samples.Length - Vector256<short>.Count; i += Vector256<short>.Count)
        {
            var low = Vector256.Create(samples[i..]);
            var high = Vector256.Create(samples[(i + Vector256<float>.Count)..]);
            Vector256.NarrowWithSaturation(Round(low * factor), Round(high * factor)).CopyTo(integers[i..]);
        }

        for (; i < samples.Length; i++)
            integers[i] = (short)Math.Clamp(MathF.Round(samples[i] * factor), short.MinValue, short.MaxValue);
    }

    private static Vector256<int> Round(Vector256<float> samples) =>
        Vector256.ConvertToInt32(Vector256.Round(samples));
}
