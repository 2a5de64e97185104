using System.Buffers.Binary;

namespace SpotifyCore.Content.Identity;

/// <summary>
/// Names a recording: the first 16 bytes, in order, of SHA-256 of its decoded PCM
/// (48 kHz, signed 16 bit little-endian, interleaved).
/// </summary>
/// <remarks>Two words, because code that passes a 128-bit number is never compiled ahead of time.</remarks>
public readonly record struct TrackId(ulong High, ulong Low)
{
    /// <summary>Length of the wire form in bytes.</summary>
    public const int Size = 16;

    /// <summary>The id with this value.</summary>
    public TrackId(UInt128 value)
        : this((ulong)(value >> 64), (ulong)value)
    {
    }

    /// <summary>The id as one number, its first byte the highest.</summary>
    public UInt128 Value => new(High, Low);

    /// <summary>Takes the front of a SHA-256 hash of the track's PCM.</summary>
    public static TrackId FromHash(ReadOnlySpan<byte> hash) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[8..]));

    /// <summary>Reads the wire form from the front of <paramref name="source"/>.</summary>
    public static TrackId Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(source), BinaryPrimitives.ReadUInt64BigEndian(source[8..]));

    /// <summary>Writes the wire form to the front of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }

    /// <summary>Reads the 22-character form; false when it is not one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TrackId id)
    {
        var parsed = Base62.TryDecode(text, out var value);
        id = new TrackId(value);
        return parsed;
    }

    /// <summary>The first 32 bits: the bytes come from a hash, so they spread evenly.</summary>
    public override int GetHashCode() => unchecked((int)(High >> 32));

    /// <summary>The 22 characters of base62 that people see.</summary>
    public override string ToString() => Base62.Encode(Value);
}
