using System.Buffers.Binary;

namespace SpotifyCore.Content.Identity;

/// <summary>
/// Names a recording: the first 16 bytes, in order, of SHA-256 of its decoded PCM
/// (48 kHz, signed 16 bit little-endian, interleaved).
/// </summary>
public readonly record struct TrackId(UInt128 Value)
{
    /// <summary>Length of the wire form in bytes.</summary>
    public const int Size = 16;

    /// <summary>Takes the front of a SHA-256 hash of the track's PCM.</summary>
    public static TrackId FromHash(ReadOnlySpan<byte> hash) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(hash));

    /// <summary>Reads the wire form from the front of <paramref name="source"/>.</summary>
    public static TrackId Read(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(source));

    /// <summary>Writes the wire form to the front of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination) =>
        BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    /// <summary>Reads the 22-character form; false when it is not one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TrackId id)
    {
        var parsed = Base62.TryDecode(text, out var value);
        id = new TrackId(value);
        return parsed;
    }

    /// <summary>The first 32 bits: the bytes come from a hash, so they spread evenly.</summary>
    public override int GetHashCode() => unchecked((int)(uint)(Value >> 96));

    /// <summary>The 22 characters of base62 that people see.</summary>
    public override string ToString() => Base62.Encode(Value);
}
