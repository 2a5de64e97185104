using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace SpotifyCore.Content.Identity;

/// <summary>
/// Names a client or node: the first 16 bytes, in order, of SHA-256 of its public key
/// (DER SubjectPublicKeyInfo). A TLS channel proves it; nothing else does.
/// </summary>
/// <remarks>Two words, because code that passes a 128-bit number is never compiled ahead of time.</remarks>
public readonly record struct PeerId(ulong High, ulong Low) : IComparable<PeerId>
{
    /// <summary>Length of the wire form in bytes.</summary>
    public const int Size = 16;

    /// <summary>The id with this value.</summary>
    public PeerId(UInt128 value)
        : this((ulong)(value >> 64), (ulong)value)
    {
    }

    /// <summary>The id as one number, its first byte the highest.</summary>
    public UInt128 Value => new(High, Low);

    /// <summary>The id that belongs to a public key.</summary>
    public static PeerId FromPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(subjectPublicKeyInfo, hash);
        return Read(hash);
    }

    /// <summary>Reads the wire form from the front of <paramref name="source"/>.</summary>
    public static PeerId Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(source), BinaryPrimitives.ReadUInt64BigEndian(source[8..]));

    /// <summary>Writes the wire form to the front of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }

    /// <summary>Reads the 32-digit hexadecimal form; false when it is not one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PeerId id)
    {
        id = default;
        if (text.Length != 2 * Size
            || !ulong.TryParse(text[..Size], NumberStyles.AllowHexSpecifier, null, out var high)
            || !ulong.TryParse(text[Size..], NumberStyles.AllowHexSpecifier, null, out var low))
            return false;

        id = new PeerId(high, low);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(PeerId other)
    {
        var high = High.CompareTo(other.High);
        return high != 0 ? high : Low.CompareTo(other.Low);
    }

    /// <summary>The first 32 bits: the bytes come from a hash, so they spread evenly.</summary>
    public override int GetHashCode() => unchecked((int)(High >> 32));

    /// <summary>32 hexadecimal digits, bytes in order.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{High:x16}{Low:x16}");
}
