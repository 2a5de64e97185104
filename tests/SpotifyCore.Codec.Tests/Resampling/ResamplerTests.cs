using System.Runtime.InteropServices;
using System.Security.Cryptography;
using SpotifyCore.Codec.Resampling;
using SpotifyCore.Testing;

namespace SpotifyCore.Codec.Tests.Resampling;

public sealed class ResamplerTests
{
    /// <summary>Samples at an edge that a prediction has a part in, at the rates of the tests.</summary>
    private const int Edge = 600;

    private const string Expected = "1334E15F81E2DE64";

    public static TheoryData<int> Rates { get; } = new()
    {
        44_100, 88_200, 176_400, 352_800, 96_000, 192_000, 384_000, 768_000, 32_000, 24_000, 22_050, 16_000, 12_000,
        11_025, 8_000, 4_000, 37_800, 44_056, 50_000, 1_000,
    };

    [Theory]
    [MemberData(nameof(Rates))]
    public void Read_AnyLength_GivesAsManyAsBeginBeforeTheEnd(int rate)
    {
        foreach (var length in (int[])[0, 1, 2, 3, 7, 31, 64, 588, 1_023, 1_024, 1_025, 20_000])
        {
            var expected = (((long)length * 48_000) + rate - 1) / rate;
            Assert.Equal(expected, Resample(new float[length], rate).Length);
            Assert.Equal(expected * 2, Resample(new float[length * 2], rate, channels: 2).Length);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(48_000)]
    [InlineData(47_999)]
    [InlineData(44_099)]
    [InlineData(768_001)]
    [InlineData(int.MaxValue)]
    public void Supports_RatesWithoutAFilter_AreRefused(int rate)
    {
        Assert.False(Resampler.Supports(rate));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Resampler(2, rate));
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Read_Constant_StaysConstant(int rate)
    {
        Assert.True(Resampler.Supports(rate));
        foreach (var length in (int[])[3, 10, 64, 5_000])
        {
            var constant = new float[length];
            Array.Fill(constant, 0.75f);
            foreach (var sample in Resample(constant, rate))
                Assert.InRange(sample, 0.75f - 1e-6f, 0.75f + 1e-6f);
        }
    }

    [Theory]
    [InlineData(44_100, 1_000)]
    [InlineData(44_100, 10_000)]
    [InlineData(44_100, 19_000)]
    [InlineData(96_000, 20_000)]
    [InlineData(192_000, 15_000)]
    [InlineData(88_200, 997)]
    [InlineData(32_000, 14_000)]
    [InlineData(22_050, 9_000)]
    [InlineData(8_000, 3_000)]
    public void Read_Sine_IsTheSineAtTheOtherRate(int rate, int pitch)
    {
        var resampled = Resample(Sine(rate, pitch, rate / 2), rate);

        var expected = Sine(48_000, pitch, resampled.Length);
        var margin = Edge * 48_000 / rate;
        double error = 0, power = 0;
        for (var i = margin; i < resampled.Length - margin; i++)
        {
            error += Math.Pow(resampled[i] - expected[i], 2);
            power += Math.Pow(expected[i], 2);
        }

        Assert.InRange(10 * Math.Log10(power / error), 95, 200);
    }

    [Theory]
    [InlineData(96_000, 27_000)]
    [InlineData(96_000, 40_000)]
    [InlineData(192_000, 30_000)]
    [InlineData(192_000, 95_000)]
    [InlineData(88_200, 29_000)]
    public void Read_WhatTheOtherRateCannotHold_IsGone(int rate, int pitch)
    {
        var resampled = Resample(Sine(rate, pitch, rate), rate);

        Assert.InRange(resampled[Edge..^Edge].Max(MathF.Abs), 0, 0.00002f);
    }

    [Theory]
    [InlineData(44_100, 147, 160)]
    [InlineData(96_000, 2, 1)]
    [InlineData(8_000, 1, 6)]
    public void Read_Impulse_IsTheFilterAtItsPlace(int rate, int step, int places)
    {
        var impulse = new float[step * 4_000];
        impulse[step * 2_000] = 1;

        var resampled = Resample(impulse, rate);

        var at = places * 2_000;
        Assert.Equal(at, Array.IndexOf(resampled, resampled.Max()));
        Assert.InRange(resampled[at], Math.Min(1, 48_000f / rate) - 0.01f, 1.00001f);
        for (var i = 1; i < Edge; i++)
            Assert.InRange(resampled[at - i] - resampled[at + i], -1e-7f, 1e-7f);
    }

    [Theory]
    [InlineData(44_100)]
    [InlineData(192_000)]
    [InlineData(11_025)]
    public void Read_SumOfTwoSounds_IsTheSumOfBoth(int rate)
    {
        var (one, other) = (Noise(1, 30_000), Noise(2, 30_000));
        float[] both = [.. one.Zip(other, static (a, b) => a + b)];

        var (first, second, sum) = (Resample(one, rate), Resample(other, rate), Resample(both, rate));

        // A prediction of a sum is not the sum of two.
        for (var i = Edge; i < sum.Length - (Edge * 5); i++)
            Assert.InRange(sum[i] - first[i] - second[i], -1e-6f, 1e-6f);
    }

    [Theory]
    [InlineData(44_100, 1)]
    [InlineData(44_100, 2)]
    [InlineData(96_000, 2)]
    [InlineData(22_050, 1)]
    public void Read_OnAnyProcessor_AddsInOneOrder(int rate, int channels)
    {
        var samples = Noise(3, 9_000 * channels);
        var resampled = Resample(samples, rate, channels);

        var filter = ResamplingFilter.For(rate);
        var compared = 0;
        for (var i = 0; i < resampled.Length / channels; i++)
        {
            var begin = (int)((long)i * filter.Step / filter.Places) - filter.Before;
            if (begin < 0 || begin + filter.Taps > samples.Length / channels)
                continue;

            for (var channel = 0; channel < channels; channel++, compared++)
            {
                var expected = PlainSum(filter.Row(i % filter.Places), samples, begin, channel, channels);
                Assert.Equal(expected, resampled[(i * channels) + channel]);
            }
        }

        Assert.InRange(compared, resampled.Length - (400 * channels), resampled.Length);
    }

    [Fact]
    public void Read_OnAnyMachine_GivesTheseVeryBits()
    {
        var samples = new float[20_000];
        var state = 1u;
        for (var i = 0; i < samples.Length; i++)
        {
            state = (state * 1_664_525) + 1_013_904_223;
            samples[i] = (short)(state >> 16) / 32_768f;
        }

        var bytes = MemoryMarshal.AsBytes(Resample(samples, 44_100, channels: 2).AsSpan());

        Assert.Equal(Expected, Convert.ToHexString(SHA256.HashData(bytes))[..16]);
    }

    [Theory]
    [InlineData(44_100)]
    [InlineData(768_000)]
    [InlineData(8_000)]
    public void Read_InAnyPortions_GivesTheSame(int rate)
    {
        var samples = Noise(4, 60_000);
        var whole = Resample(samples, rate, channels: 2);

        foreach (var portion in (int[])[2, 46, 1_000, 8_190, 50_000])
            Assert.Equal(whole, Resample(samples, rate, 2, portion));
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Read_WhatCannotBePredicted_StaysInBounds(int rate)
    {
        float[] click = [.. new float[3_000], 1, .. new float[10], -1];
        float[] square = [.. Enumerable.Range(0, 5_000).Select(static i => i / 50 % 2 == 0 ? 1f : -1f)];
        float[] growing = [.. Enumerable.Range(0, 3_000).Select(static i => MathF.Pow(1.003f, i - 3_000) * MathF.Sin(i))];
        float[][] sounds = [click, square, growing, Noise(5, 5_000), [1], [1, -1], [1, -1, 1, -1, 1]];

        Assert.All(Resample(new float[5_000], rate), static sample => Assert.Equal(0, sample));
        foreach (var sound in sounds)
            Assert.InRange(Resample(sound, rate).Max(MathF.Abs), 0, 3);
    }

    [Fact]
    public void Push_AndRead_DoNotAllocate()
    {
        var resampler = new Resampler(2, 44_100);
        var (samples, output) = (Noise(6, 8_192), new float[32_768]);
        resampler.Push(samples);
        resampler.Read(output);

        // What is made of them fits.
        AllocationAssert.None((resampler, samples, output), static state =>
        {
            state.resampler.Push(state.samples);
            state.resampler.Read(state.output);
        });
    }

    private static float PlainSum(ReadOnlySpan<float> row, float[] samples, int begin, int channel, int channels)
    {
        Span<float> sums = stackalloc float[16];
        for (var i = 0; i < row.Length; i++)
        {
            var product = row[i] * samples[((begin + i) * channels) + channel];
            sums[i % 16] += product;
        }

        for (var count = 8; count > 0; count /= 2)
        {
            for (var i = 0; i < count; i++)
                sums[i] += sums[i + count];
        }

        return sums[0];
    }

    private static float[] Resample(float[] samples, int rate, int channels = 1, int portion = int.MaxValue)
    {
        var resampler = new Resampler(channels, rate);
        var (resampled, output) = (new List<float>(), new float[4_096]);
        for (var waiting = samples.AsMemory(); !waiting.IsEmpty;)
        {
            waiting = waiting[resampler.Push(waiting.Span[..Math.Min(portion, waiting.Length)])..];
            Drain();
        }

        resampler.Finish();
        Drain();
        return [.. resampled];

        void Drain()
        {
            while (resampler.Read(output) is > 0 and var made)
                resampled.AddRange(output.AsSpan(0, made));
        }
    }

    private static float[] Sine(int rate, int pitch, int length) =>
        [.. Enumerable.Range(0, length).Select(i => (float)Math.Sin(Math.Tau * pitch * i / rate))];

    private static float[] Noise(int seed, int length)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (2 * random.NextSingle()) - 1)];
    }
}
