using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SpotifyCore.Import.Tests;

/// <summary>A little piece of music as floats, interleaved: another one for each seed.</summary>
/// <param name="Samples">The samples; 1.0 is full scale.</param>
/// <param name="Channels">How many are interleaved.</param>
/// <param name="Rate">Samples a second and channel.</param>
internal sealed record TestSound(float[] Samples, int Channels, int Rate)
{
    private const ushort Extensible = 0xFFFE;

    /// <summary>Samples per channel.</summary>
    public int Length => Samples.Length / Channels;

    /// <summary>Tones that come and go, with a little noise, up to <paramref name="gain"/>.</summary>
    public static TestSound Make(
        int seed, double seconds, int rate = 44_100, int channels = 2, float gain = 0.35f, double noise = 0.02)
    {
        var random = new Random(seed);
        var samples = new double[(int)Math.Round(seconds * rate) * channels];
        for (var channel = 0; channel < channels; channel++)
        {
            for (var tone = 0; tone < 6; tone++)
            {
                var (pitch, height) = (random.Next(150, 3_000), 0.1 + (0.2 * random.NextDouble()));
                var (swell, phase) = (0.5 + (5 * random.NextDouble()), 6 * random.NextDouble());
                for (var i = 0; i < samples.Length / channels; i++)
                {
                    var time = Math.Tau * i / rate;
                    samples[(i * channels) + channel] +=
                        height * Math.Sin((pitch * time) + phase) * (1 + (0.6 * Math.Sin(swell * time)));
                }
            }
        }

        for (var i = 0; i < samples.Length; i++)
            samples[i] += noise * (random.NextDouble() - 0.5);

        var highest = samples.Max(Math.Abs);
        return new TestSound([.. samples.Select(sample => (float)(gain * sample / highest))], channels, rate);
    }

    /// <summary>The same, louder or softer.</summary>
    public TestSound Times(float factor) => this with { Samples = [.. Samples.Select(sample => sample * factor)] };

    /// <summary>A part of it.</summary>
    public TestSound Cut(int from, int to) => this with { Samples = Samples[(from * Channels)..(to * Channels)] };

    /// <summary>As a WAV file of 16 bit.</summary>
    public byte[] ToWav() => WavOf(1, 16, null, Integers());

    /// <summary>As a WAV file of 16 bit that says where its channels are.</summary>
    public byte[] ToWav(uint mask) => WavOf(1, 16, mask, Integers());

    /// <summary>As a WAV file of floats.</summary>
    public byte[] ToFloatWav() => WavOf(3, 32, null, MemoryMarshal.AsBytes(Samples.AsSpan()).ToArray());

    /// <summary>As a WAV file of 32 bit.</summary>
    public byte[] ToLongWav() => WavOf(
        1, 32, null, MemoryMarshal.AsBytes(Samples.Select(sample => (int)(sample * 2_147_483_000.0)).ToArray()
            .AsSpan()).ToArray());

    private byte[] Integers() => MemoryMarshal.AsBytes(Samples
        .Select(sample => (short)MathF.Round(Math.Clamp(sample, -1, 1) * short.MaxValue)).ToArray().AsSpan()).ToArray();

    private byte[] WavOf(ushort format, ushort bits, uint? mask, byte[] data)
    {
        var header = new byte[mask is null ? 44 : 68];
        var block = (ushort)(Channels * bits / 8);
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), header.Length - 8 + data.Length);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), header.Length - 28);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(20), mask is null ? format : Extensible);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(22), (ushort)Channels);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), Rate * block);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(32), block);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(34), bits);
        if (mask is { } places)
        {
            // u16 length, u16 valid bits, u32 places, and the identifier of the format.
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(36), 22);
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(38), bits);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(40), places);
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(44), format);
            Convert.FromHexString("000000001000800000AA00389B71").CopyTo(header.AsSpan(46));
        }

        "data"u8.CopyTo(header.AsSpan(header.Length - 8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(header.Length - 4), data.Length);
        return [.. header, .. data];
    }
}
