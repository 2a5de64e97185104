namespace SpotifyCore.Codec.Flac;

/// <summary>The check sums of FLAC: 8 bits over a frame's header, 16 over a frame.</summary>
internal static class FlacCrc
{
    private static readonly ushort[] Short = TableOf(0x0700);
    private static readonly ushort[] Long = TableOf(0x8005);

    /// <summary>That of a header: x^8 + x^2 + x + 1.</summary>
    public static byte OfHeader(ReadOnlySpan<byte> bytes) => (byte)(Of(Short, bytes) >> 8);

    /// <summary>That of a frame: x^16 + x^15 + x^2 + 1.</summary>
    public static ushort OfFrame(ReadOnlySpan<byte> bytes) => Of(Long, bytes);

    private static ushort Of(ushort[] table, ReadOnlySpan<byte> bytes)
    {
        ushort sum = 0;
        foreach (var value in bytes)
            sum = (ushort)((sum << 8) ^ table[(sum >> 8) ^ value]);

        return sum;
    }

    private static ushort[] TableOf(ushort polynomial)
    {
        var table = new ushort[256];
        for (var value = 0; value < table.Length; value++)
        {
            var sum = (ushort)(value << 8);
            for (var bit = 0; bit < 8; bit++)
                sum = (ushort)((sum << 1) ^ ((sum & 0x8000) != 0 ? polynomial : 0));

            table[value] = sum;
        }

        return table;
    }
}
