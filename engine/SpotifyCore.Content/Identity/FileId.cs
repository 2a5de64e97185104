using System.Buffers.Binary;
using System.Globalization;

namespace SpotifyCore.Content.Identity;

/// <summary>Names one encoding of a track: the first 16 bytes, in order, of SHA-256 of its manifest.</summary>
/// <remarks>Two words, because code that passes a 128-bit number is never compiled ahead of time.</remarks>
public readonly record struct FileId(ulong High, ulong Low) : IComparable<FileId>
{
    /// <summary>Length of the wire form in bytes.</summary>
    public const int Size = 16;

    /// <summary>The id with this value.</summary>
    public FileId(UInt128 value)
        : this((ulong)(value >> 64), (ulong)value)
    {
    }

    /// <summary>The id as one number, its first byte the highest.</summary>
    public UInt128 Value => new(High, Low);

    /// <summary>The ring partition that owns the file: the first 16 bits of the id.</summary>
    public ushort Partition => (ushort)(High >> 48);

    /// <summary>Takes the front of a SHA-256 hash of the manifest's wire form.</summary>
    public static FileId FromHash(ReadOnlySpan<byte> hash) => Read(hash);

    /// <summary>Reads the wire form from the front of <paramref name="source"/>.</summary>
    public static FileId Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(source), BinaryPrimitives.ReadUInt64BigEndian(source[8..]));

    /// <summary>Writes the wire form to the front of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }

    /// <summary>Reads the 32-digit hexadecimal form; false when it is not one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out FileId id)
    {
        id = default;
        if (text.Length != 2 * Size
            || !ulong.TryParse(text[..Size], NumberStyles.AllowHexSpecifier, null, out var high)
            || !ulong.TryParse(text[Size..], NumberStyles.AllowHexSpecifier, null, out var low))
            return false;

        id = new FileId(high, low);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(FileId other)
    {
        var high = High.CompareTo(other.High);
        return high != 0 ? high : Low.CompareTo(other.Low);
    }

    /// <summary>The first 32 bits: the bytes come from a hash, so they spread evenly.</summary>
    public override int GetHashCode() => unchecked((int)(High >> 32));

    /// <summary>32 hexadecimal digits, bytes in order.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");
}
