namespace SpotifyCore.Content.Identity;

/// <summary>Names one encoding of a track: the first 16 bytes, in order, of SHA-256 of its manifest.</summary>
/// <param name="Bits">Those bytes.</param>
public readonly record struct FileId(Id128 Bits) : IComparable<FileId>
{
    /// <summary>Length of the wire form in bytes.</summary>
    public const int Size = Id128.Size;

    /// <summary>The id with this value.</summary>
    public FileId(UInt128 value)
        : this(new Id128(value))
    {
    }

    /// <summary>The id as one number, its first byte the highest.</summary>
    public UInt128 Value => Bits.Value;

    /// <summary>The ring partition that owns the file: the first 16 bits of the id.</summary>
    public ushort Partition => (ushort)(Bits.High >> 48);

    /// <summary>Takes the front of a SHA-256 hash of the manifest's wire form.</summary>
    public static FileId FromHash(ReadOnlySpan<byte> hash) => Read(hash);

    /// <summary>Reads the wire form from the front of <paramref name="source"/>.</summary>
    public static FileId Read(ReadOnlySpan<byte> source) => new(Id128.Read(source));

    /// <summary>Writes the wire form to the front of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination) => Bits.Write(destination);

    /// <summary>Reads the 32-digit hexadecimal form; false when it is not one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out FileId id)
    {
        var parsed = Id128.TryParse(text, out var bits);
        id = new FileId(bits);
        return parsed;
    }

    /// <inheritdoc/>
    public int CompareTo(FileId other) => Bits.CompareTo(other.Bits);

    /// <summary>The first 32 bits: the bytes come from a hash, so they spread evenly.</summary>
    public override int GetHashCode() => Bits.GetHashCode();

    /// <summary>32 hexadecimal digits, bytes in order.</summary>
    public override string ToString() => Bits.ToString();
}
