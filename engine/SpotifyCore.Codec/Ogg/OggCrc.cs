using System.IO.Hashing;

namespace SpotifyCore.Codec.Ogg;

/// <summary>
/// The checksum of Ogg pages: CRC-32 of polynomial 04C11DB7, bits not reflected, no inversion (RFC 3533).
/// </summary>
internal static class OggCrc
{
    private static readonly Crc32ParameterSet Parameters =
        Crc32ParameterSet.Create(polynomial: 0x04C11DB7, initialValue: 0, finalXorValue: 0, reflectValues: false);

    /// <summary>
    /// The checksum of a page whose own checksum field is zero. Allocates nothing; fast over a whole page, and no
    /// faster than byte by byte over a header alone.
    /// </summary>
    public static uint Compute(ReadOnlySpan<byte> page) => Crc32.HashToUInt32(Parameters, page);
}
