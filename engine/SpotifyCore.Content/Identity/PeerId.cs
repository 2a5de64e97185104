namespace SpotifyCore.Content.Identity;

/// <summary>
/// Names a client or node: the first 16 bytes, in order, of SHA-256 of its public key
/// (DER SubjectPublicKeyInfo). A TLS channel proves it; nothing else does.
/// </summary>
/// <param name="Bits">Those bytes.</param>
public readonly record struct PeerId(Id128 Bits) : IComparable<PeerId>
{
    /// <summary>Length of the wire form in bytes.</summary>
    public const int Size = Id128.Size;

    /// <summary>The id with this value.</summary>
    public PeerId(UInt128 value)
        : this(new Id128(value))
    {
    }

    /// <summary>The id as one number, its first byte the highest.</summary>
    public UInt128 Value => Bits.Value;

    /// <summary>The id that belongs to a public key.</summary>
    public static PeerId FromPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo) =>
        new(Id128.HashOf(subjectPublicKeyInfo));

    /// <summary>Reads the wire form from the front of <paramref name="source"/>.</summary>
    public static PeerId Read(ReadOnlySpan<byte> source) => new(Id128.Read(source));

    /// <summary>Writes the wire form to the front of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination) => Bits.Write(destination);

    /// <summary>Reads the 32-digit hexadecimal form; false when it is not one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PeerId id)
    {
        var parsed = Id128.TryParse(text, out var bits);
        id = new PeerId(bits);
        return parsed;
    }

    /// <inheritdoc/>
    public int CompareTo(PeerId other) => Bits.CompareTo(other.Bits);

    /// <summary>The first 32 bits: the bytes come from a hash, so they spread evenly.</summary>
    public override int GetHashCode() => Bits.GetHashCode();

    /// <summary>32 hexadecimal digits, bytes in order.</summary>
    public override string ToString() => Bits.ToString();
}
