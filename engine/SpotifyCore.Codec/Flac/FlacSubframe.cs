namespace SpotifyCore.Codec.Flac;

/// <summary>One channel of a frame (RFC 9639, section 9.2).</summary>
internal static class FlacSubframe
{
    private const int Constant = 0;
    private const int Verbatim = 1;
    private const int Fixed = 8;
    private const int MostFixed = 12;
    private const int Predicted = 32;
    private const int MostTaps = 32;

    // By which so many samples before one foretell it, the last of them first.
    private static readonly int[][] FixedFilters = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

    /// <summary>Reads a channel's samples.</summary>
    /// <param name="bits">The frame.</param>
    /// <param name="samples">Where they go; as many as the frame has.</param>
    /// <param name="size">Bits a sample.</param>
    /// <exception cref="InvalidDataException">It is broken.</exception>
    public static void Read(ref FlacBits bits, Span<int> samples, int size)
    {
        if (bits.Read(1) != 0)
            FlacDecoder.ThrowBroken("a channel begins with no zero");

        var kind = (int)bits.Read(6);
        var wasted = bits.Read(1) == 0 ? 0 : bits.ReadUnary() + 1;
        if (wasted >= size)
            FlacDecoder.ThrowBroken("a channel has no bits");

        size -= wasted;
        switch (kind)
        {
            case Constant:
                samples.Fill(bits.ReadSigned(size));
                break;
            case Verbatim:
                ReadVerbatim(ref bits, samples, size);
                break;
            case >= Fixed and <= MostFixed:
                ReadFixed(ref bits, samples, size, FixedFilters[kind - Fixed]);
                break;
            case >= Predicted:
                ReadPredicted(ref bits, samples, size, kind - Predicted + 1);
                break;
            default:
                FlacDecoder.ThrowBroken("a channel is of a kind that there is not");
                break;
        }

        if (wasted > 0)
        {
            foreach (ref var sample in samples)
                sample <<= wasted;
        }
    }

    private static void ReadVerbatim(ref FlacBits bits, Span<int> samples, int size)
    {
        foreach (ref var sample in samples)
            sample = bits.ReadSigned(size);
    }

    private static void ReadFixed(ref FlacBits bits, Span<int> samples, int size, ReadOnlySpan<int> filter)
    {
        ReadVerbatim(ref bits, First(samples, filter.Length), size);
        ReadResidual(ref bits, samples, filter.Length);
        Predict(samples, filter, 0);
    }

    private static void ReadPredicted(ref FlacBits bits, Span<int> samples, int size, int taps)
    {
        ReadVerbatim(ref bits, First(samples, taps), size);
        var precision = (int)bits.Read(4) + 1;
        var shift = bits.ReadSigned(5);
        if (precision == 16 || shift < 0)
            FlacDecoder.ThrowBroken("a channel's prediction is of a kind that there is not");

        Span<int> filter = stackalloc int[MostTaps];
        filter = filter[..taps];
        foreach (ref var factor in filter)
            factor = bits.ReadSigned(precision);

        ReadResidual(ref bits, samples, taps);
        Predict(samples, filter, shift);
    }

    private static Span<int> First(Span<int> samples, int count)
    {
        if (count > samples.Length)
            FlacDecoder.ThrowBroken("a channel's prediction is longer than it is");

        return samples[..count];
    }

    // Of all but the first samples: in 2^n partitions of the same length, from the first of which those are missing.
    private static void ReadResidual(ref FlacBits bits, Span<int> samples, int known)
    {
        var width = bits.Read(2) switch { 0 => 4, 1 => 5, _ => 0 };
        var order = (int)bits.Read(4);
        var length = samples.Length >> order;
        if (width == 0 || length << order != samples.Length || length <= known)
            FlacDecoder.ThrowBroken("a channel's residual is of a kind that there is not");

        for (var at = known; at < samples.Length;)
        {
            var end = (at / length * length) + length;
            var partition = samples[at..end];
            var parameter = (int)bits.Read(width);
            if (parameter == (1 << width) - 1)
                ReadVerbatim(ref bits, partition, (int)bits.Read(5));
            else
                bits.ReadRice(partition, parameter);

            at = end;
        }
    }

    private static void Predict(Span<int> samples, ReadOnlySpan<int> filter, int shift)
    {
        for (var i = filter.Length; i < samples.Length; i++)
        {
            var sum = 0L;
            var before = samples[(i - filter.Length)..i];
            for (var tap = 0; tap < filter.Length; tap++)
                sum += (long)filter[tap] * before[filter.Length - 1 - tap];

            samples[i] += (int)(sum >> shift);
        }
    }
}
