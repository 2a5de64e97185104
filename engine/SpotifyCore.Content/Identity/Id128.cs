using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace SpotifyCore.Content.Identity;

/// <summary>The 128 bits that every id of this engine is made of: 16 bytes, in order, of a SHA-256 hash.</summary>
/// <remarks>Two words, because code that passes a 128-bit number is never compiled ahead of time.</remarks>
/// <param name="High">The first eight bytes, the first the highest.</param>
/// <param name="Low">The other eight.</param>
public readonly record struct Id128(ulong High, ulong Low) : IComparable<Id128>
{
    /// <summary>Length of the wire form in bytes.</summary>
    public const int Size = 16;

    /// <summary>The bits of a number, its highest byte the first.</summary>
    public Id128(UInt128 value)
        : this((ulong)(value >> 64), (ulong)value)
    {
    }

    /// <summary>The bits as one number, the first byte the highest.</summary>
    public UInt128 Value => new(High, Low);

    /// <summary>The front of the SHA-256 hash of something. Allocates nothing.</summary>
    public static Id128 HashOf(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, hash);
        return Read(hash);
    }

    /// <summary>Reads the wire form from the front of <paramref name="source"/>.</summary>
    public static Id128 Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(source), BinaryPrimitives.ReadUInt64BigEndian(source[8..]));

    /// <summary>Writes the wire form to the front of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }

    /// <summary>The wire form, of its own.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        Write(bytes);
        return bytes;
    }

    /// <summary>Reads the 32-digit hexadecimal form; false when it is not one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Id128 id)
    {
        id = default;
        if (text.Length != 2 * Size
            || !ulong.TryParse(text[..Size], NumberStyles.AllowHexSpecifier, null, out var high)
            || !ulong.TryParse(text[Size..], NumberStyles.AllowHexSpecifier, null, out var low))
            return false;

        id = new Id128(high, low);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(Id128 other)
    {
        var high = High.CompareTo(other.High);
        return high != 0 ? high : Low.CompareTo(other.Low);
    }

    /// <summary>The first 32 bits, the same in every process: they come from a hash, so they spread evenly.</summary>
    public override int GetHashCode() => unchecked((int)(High >> 32));

    /// <summary>32 hexadecimal digits, bytes in order.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");
}
