using System.Buffers.Binary;
using System.Globalization;

namespace SpotifyCore.Content.Identity;

/// <summary>Names one encoding of a track: the first 16 bytes, in order, of SHA-256 of its manifest.</summary>
public readonly record struct FileId(UInt128 Value) : IComparable<FileId>
{
    /// <summary>Length of the wire form in bytes.</summary>
    public const int Size = 16;

    /// <summary>The ring partition that owns the file: the first 16 bits of the id.</summary>
    public ushort Partition => (ushort)(Value >> 112);

    /// <summary>Takes the front of a SHA-256 hash of the manifest's wire form.</summary>
    public static FileId FromHash(ReadOnlySpan<byte> hash) => Read(hash);

    /// <summary>Reads the wire form from the front of <paramref name="source"/>.</summary>
    public static FileId Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(source));

    /// <summary>Writes the wire form to the front of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination) =>
        BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    /// <summary>Reads the 32-digit hexadecimal form; false when it is not one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out FileId id)
    {
        var parsed = UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, null, out var value) && text.Length == 32;
        id = new FileId(value);
        return parsed;
    }

    /// <inheritdoc/>
    public int CompareTo(FileId other) => Value.CompareTo(other.Value);

    /// <summary>The first 32 bits: the bytes come from a hash, so they spread evenly.</summary>
    public override int GetHashCode() => unchecked((int)(uint)(Value >> 96));

    /// <summary>32 hexadecimal digits, bytes in order.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
