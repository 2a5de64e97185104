using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace SpotifyCore.Content.Identity;

/// <summary>
/// Names a client or node: the first 16 bytes, in order, of SHA-256 of its public key
/// (DER SubjectPublicKeyInfo). A TLS channel proves it; nothing else does.
/// </summary>
public readonly record struct PeerId(UInt128 Value) : IComparable<PeerId>
{
    /// <summary>Length of the wire form in bytes.</summary>
    public const int Size = 16;

    /// <summary>The id that belongs to a public key.</summary>
    public static PeerId FromPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(subjectPublicKeyInfo, hash);
        return Read(hash);
    }

    /// <summary>Reads the wire form from the front of <paramref name="source"/>.</summary>
    public static PeerId Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(source));

    /// <summary>Writes the wire form to the front of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination) =>
        BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    /// <summary>Reads the 32-digit hexadecimal form; false when it is not one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PeerId id)
    {
        var parsed = UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, null, out var value) && text.Length == 32;
        id = new PeerId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public int CompareTo(PeerId other) => Value.CompareTo(other.Value);

    /// <summary>The first 32 bits: the bytes come from a hash, so they spread evenly.</summary>
    public override int GetHashCode() => unchecked((int)(uint)(Value >> 96));

    /// <summary>32 hexadecimal digits, bytes in order.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
