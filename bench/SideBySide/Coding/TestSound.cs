using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SpotifyCore.Codec.Opus;

namespace SpotifyCore.SideBySide.Coding;

/// <summary>
/// A made piece: chords of a few partials that decay, a bass and a little noise, 48 kHz, 16 bit, stereo. One seed, one
/// piece.
/// </summary>
internal static class TestSound
{
    /// <summary>Channels.</summary>
    public const int Channels = 2;

    private const int HeaderSize = 44;
    private const int NoteSamples = OpusFormat.SampleRate / 4;
    private static readonly int[] Scale = [0, 3, 5, 7, 10, 12, 15];

    /// <summary>Writes it as a WAV file.</summary>
    public static void Write(string path, int seconds, int seed)
    {
        using var file = File.Create(path);
        var bytes = seconds * OpusFormat.SampleRate * Channels * sizeof(short);
        WriteHeader(file, bytes);
        var random = new Random(seed);
        var note = new short[NoteSamples * Channels];
        for (var i = 0; i < seconds * OpusFormat.SampleRate / NoteSamples; i++)
        {
            Play(note, 110 * Math.Pow(2, Scale[random.Next(Scale.Length)] / 12.0), random);
            file.Write(MemoryMarshal.AsBytes<short>(note));
        }
    }

    /// <summary>The samples of what <see cref="Write"/> wrote.</summary>
    public static short[] Read(string path) =>
        MemoryMarshal.Cast<byte, short>(File.ReadAllBytes(path).AsSpan(HeaderSize)).ToArray();

    /// <summary>Begins a WAV file of so many bytes of samples.</summary>
    public static void WriteHeader(Stream file, int bytes)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], bytes + HeaderSize - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], Channels);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], OpusFormat.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], OpusFormat.SampleRate * Channels * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], Channels * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], bytes);
        file.Write(header);
    }

    private static void Play(Span<short> interleaved, double root, Random random)
    {
        for (var i = 0; i < interleaved.Length; i += Channels)
        {
            var time = (double)i / Channels / OpusFormat.SampleRate;
            var turn = Math.Tau * root * time;
            var fade = Math.Exp(-5 * time);
            var bass = 0.2 * Math.Sin(turn / 2);
            var left = bass + (fade * ((0.25 * Math.Sin(2 * turn)) + (0.1 * Math.Sin(3 * turn))));
            var right = bass + (fade * ((0.2 * Math.Sin(2.52 * turn)) + (0.1 * Math.Sin(5 * turn))));
            interleaved[i] = Sample(left, random);
            interleaved[i + 1] = Sample(right, random);
        }
    }

    private static short Sample(double value, Random random) =>
        (short)((value + (0.02 * (random.NextDouble() - 0.5))) * short.MaxValue);
}
