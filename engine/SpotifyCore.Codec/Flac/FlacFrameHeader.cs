using System.Numerics;

namespace SpotifyCore.Codec.Flac;

/// <summary>What begins a frame (RFC 9639, section 9.1).</summary>
/// <param name="Samples">Of each channel.</param>
/// <param name="Channels">Which they are: up to 7 so many and one more, then <see cref="LeftSide"/> and so on.</param>
internal readonly record struct FlacFrameHeader(int Samples, int Channels)
{
    public const int LeftSide = 8;
    public const int SideRight = 9;
    public const int MidSide = 10;

    private const uint Mark = 0b11_1111_1111_1110;

    private static readonly int[] Rates =
        [0, 88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000];

    private static readonly int[] Sizes = [0, 8, 12, -1, 16, 20, 24, 32];

    /// <summary>Reads a header, its check sum included.</summary>
    /// <exception cref="InvalidDataException">It is broken, or of another form than the stream.</exception>
    public static FlacFrameHeader Read(ref FlacBits bits, ReadOnlySpan<byte> frame, FlacStreamInfo info)
    {
        if (bits.Read(14) != Mark || bits.Read(1) != 0)
            FlacDecoder.ThrowBroken("no frame is where one is to be");

        bits.Read(1);
        var (length, rate) = (bits.Read(4), bits.Read(4));
        var (channels, size) = ((int)bits.Read(4), Sizes[bits.Read(3)]);
        bits.Read(1);
        PassNumber(ref bits);
        var header = new FlacFrameHeader(ReadLength(ref bits, length), channels);
        var read = ReadRate(ref bits, rate);
        if (bits.Read(8) != FlacCrc.OfHeader(frame[..(bits.Bytes - 1)]))
            FlacDecoder.ThrowBroken("a frame's header is damaged");

        var count = channels < LeftSide ? channels + 1 : channels <= MidSide ? 2 : 0;
        if (count != info.Channels || (size != 0 && size != info.BitsPerSample) || (read != 0 && read != info.Rate)
            || header.Samples < 1 || header.Samples > info.LongestBlock)
            FlacDecoder.ThrowBroken("a frame is of another form than the first");

        return header;
    }

    // Of the frame or its first sample, written as letters of UTF-8 are.
    private static void PassNumber(ref FlacBits bits)
    {
        var ones = BitOperations.LeadingZeroCount(~(bits.Read(8) << 24));
        if (ones is 1 or > 7)
            FlacDecoder.ThrowBroken("a frame's number is damaged");

        for (var i = 1; i < ones; i++)
            bits.Read(8);
    }

    private static int ReadLength(ref FlacBits bits, uint code) => code switch
    {
        1 => 192,
        >= 2 and <= 5 => 576 << ((int)code - 2),
        6 => (int)bits.Read(8) + 1,
        7 => (int)bits.Read(16) + 1,
        >= 8 => 256 << ((int)code - 8),
        _ => 0,
    };

    private static int ReadRate(ref FlacBits bits, uint code) => code switch
    {
        12 => (int)bits.Read(8) * 1_000,
        13 => (int)bits.Read(16),
        14 => (int)bits.Read(16) * 10,
        15 => -1,
        _ => Rates[code],
    };
}
