using System.Buffers.Binary;

namespace SpotifyCore.Codec.Ogg;

/// <summary>
/// The checksum of Ogg pages: CRC-32 of polynomial 04C11DB7, bits not reflected, no inversion (RFC 3533).
/// </summary>
public static class OggCrc
{
    private const uint Polynomial = 0x04C11DB7;
    private const int Slices = 8;

    // Entry 256 * n + b is the effect of the byte b standing n bytes before the end of a group of eight.
    private static readonly uint[] Table = MakeTable();

    /// <summary>Takes more bytes into a checksum that began at 0. Allocates nothing.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> data)
    {
        var table = Table.AsSpan(0, 256 * Slices);
        while (data.Length >= Slices)
        {
            var first = crc ^ BinaryPrimitives.ReadUInt32BigEndian(data);
            var second = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
            crc = table[(int)(1792 + (first >> 24))] ^ table[(int)(1536 + ((first >> 16) & 0xFF))]
                ^ table[(int)(1280 + ((first >> 8) & 0xFF))] ^ table[(int)(1024 + (first & 0xFF))]
                ^ table[(int)(768 + (second >> 24))] ^ table[(int)(512 + ((second >> 16) & 0xFF))]
                ^ table[(int)(256 + ((second >> 8) & 0xFF))] ^ table[(int)(second & 0xFF)];
            data = data[Slices..];
        }

        foreach (var value in data)
            crc = (crc << 8) ^ table[(int)((crc >> 24) ^ value)];

        return crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256 * Slices];
        for (uint i = 0; i < 256; i++)
        {
            var crc = i << 24;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc << 1) ^ ((crc & 0x80000000) != 0 ? Polynomial : 0);

            table[i] = crc;
        }

        for (var i = 256; i < table.Length; i++)
            table[i] = (table[i - 256] << 8) ^ table[table[i - 256] >> 24];

        return table;
    }
}
