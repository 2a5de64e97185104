using System.Buffers.Binary;

namespace SpotifyCore.Codec.Flac;

/// <summary>What FLAC's first metadata block says of the sound (RFC 9639, section 8.2).</summary>
/// <param name="Rate">Samples a second and channel.</param>
/// <param name="Channels">1 to 8.</param>
/// <param name="BitsPerSample">4 to 32.</param>
public readonly record struct FlacStreamInfo(int Rate, int Channels, int BitsPerSample)
{
    /// <summary>Bytes of the block.</summary>
    public const int Size = 34;

    /// <summary>Samples of each channel; 0 where nothing says.</summary>
    public long Samples { get; init; }

    /// <summary>The most samples of each channel that a frame holds.</summary>
    public int LongestBlock { get; init; }

    /// <summary>
    /// Reads the block: u16 shortest and u16 longest block, u24 shortest and u24 longest frame, then 20 bits of rate, 3
    /// of channels less one, 5 of bits a sample less one, 36 of samples, and 16 bytes of MD5. False where that can't be.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> block, out FlacStreamInfo info)
    {
        info = default;
        if (block.Length < Size)
            return false;

        var form = BinaryPrimitives.ReadUInt64BigEndian(block[10..]);
        info = new FlacStreamInfo((int)(form >> 44), (int)((form >> 41) & 7) + 1, (int)((form >> 36) & 31) + 1)
        {
            Samples = (long)(form & 0xF_FFFF_FFFF), LongestBlock = BinaryPrimitives.ReadUInt16BigEndian(block[2..]),
        };
        return info is { Rate: > 0, BitsPerSample: >= 4, LongestBlock: >= 16 };
    }
}
