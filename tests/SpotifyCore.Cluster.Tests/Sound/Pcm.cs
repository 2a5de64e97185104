using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SpotifyCore.Cluster.Tests.Sound;

/// <summary>Sound as 48 kHz, stereo, 16 bit, interleaved.</summary>
internal sealed record Pcm(short[] Interleaved)
{
    private const int HeaderSize = 44;

    /// <summary>Samples per channel.</summary>
    public int Samples => Interleaved.Length / 2;

    /// <summary>Reads what a client wrote.</summary>
    public static Pcm FromWav(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(HeaderSize - sizeof(int)));
        Assert.Equal(bytes.Length - HeaderSize, length);
        return new Pcm(MemoryMarshal.Cast<byte, short>(bytes.AsSpan(HeaderSize)).ToArray());
    }

    /// <summary>What plain ffmpeg makes of a source; what is mono sounds on both sides.</summary>
    public static Pcm FromSource(string path, bool isMono = false)
    {
        var bytes = Ffmpeg.Run("-i", path, "-map", "0:a:0", "-ar", "48000", "-f", "s16le", "-");
        var samples = MemoryMarshal.Cast<byte, short>(bytes);
        if (!isMono)
            return new Pcm(samples.ToArray());

        var both = new short[samples.Length * 2];
        for (var i = 0; i < both.Length; i++)
            both[i] = samples[i / 2];

        return new Pcm(both);
    }

    /// <summary>How much two sounds of one length resemble each other: Pearson's coefficient, 1 for the same.</summary>
    public double CorrelationWith(Pcm other)
    {
        Assert.Equal(Samples, other.Samples);
        double sum1 = 0, sum2 = 0, square1 = 0, square2 = 0, product = 0;
        for (var i = 0; i < Interleaved.Length; i++)
        {
            double a = Interleaved[i], b = other.Interleaved[i];
            (sum1, sum2, product) = (sum1 + a, sum2 + b, product + (a * b));
            (square1, square2) = (square1 + (a * a), square2 + (b * b));
        }

        double count = Interleaved.Length;
        return (product - (sum1 * sum2 / count))
            / Math.Sqrt((square1 - (sum1 * sum1 / count)) * (square2 - (sum2 * sum2 / count)));
    }

    /// <summary>Root mean square of the difference over some samples from <paramref name="first"/> on.</summary>
    public double ErrorAgainst(Pcm other, int first, int count)
    {
        double sum = 0;
        for (var i = first * 2; i < (first + count) * 2; i++)
            sum += Math.Pow(Interleaved[i] - other.Interleaved[i], 2);

        return Math.Sqrt(sum / (count * 2));
    }
}
