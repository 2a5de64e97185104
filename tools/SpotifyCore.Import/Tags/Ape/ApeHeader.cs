using System.Buffers.Binary;

namespace SpotifyCore.Import.Tags.Ape;

/// <summary>What stands before an APE tag, and again behind it.</summary>
/// <param name="Size">Bytes of the items and of what stands behind them.</param>
/// <param name="Count">Number of the items.</param>
/// <param name="Flags">Flags.</param>
internal readonly record struct ApeHeader(uint Size, uint Count, uint Flags)
{
    /// <summary>
    /// Length of the form, little-endian: "APETAGEX", u32 version, u32 size, u32 number of items, u32 flags, 8 bytes.
    /// </summary>
    public const int Length = 32;

    /// <summary>True where one of these stands before the items too.</summary>
    public bool HasHeader => (Flags & 0x8000_0000) != 0;

    /// <summary>Reads one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ApeHeader header)
    {
        header = default;
        if (bytes.Length < Length || !bytes.StartsWith("APETAGEX"u8))
            return false;

        header = new ApeHeader(
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]));
        return header.Size >= Length;
    }
}
