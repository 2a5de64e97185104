namespace SpotifyCore.Content.Identity;

/// <summary>
/// Names a track of the catalogue, or a recording: then it is the first 16 bytes, in order, of SHA-256 of its decoded PCM
/// (48 kHz, signed 16 bit little-endian, interleaved). A recording's first track has the recording's own id.
/// </summary>
/// <param name="Bits">Those bytes.</param>
public readonly record struct TrackId(Id128 Bits)
{
    /// <summary>Length of the wire form in bytes.</summary>
    public const int Size = Id128.Size;

    /// <summary>The id with this value.</summary>
    public TrackId(UInt128 value)
        : this(new Id128(value))
    {
    }

    /// <summary>The id as one number, its first byte the highest.</summary>
    public UInt128 Value => Bits.Value;

    /// <summary>Takes the front of a SHA-256 hash of the track's PCM.</summary>
    public static TrackId FromHash(ReadOnlySpan<byte> hash) => Read(hash);

    /// <summary>Reads the wire form from the front of <paramref name="source"/>.</summary>
    public static TrackId Read(ReadOnlySpan<byte> source) => new(Id128.Read(source));

    /// <summary>Writes the wire form to the front of <paramref name="destination"/>.</summary>
    public void Write(Span<byte> destination) => Bits.Write(destination);

    /// <summary>Reads the 22-character form; false when it is not one.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TrackId id)
    {
        var parsed = Base62.TryDecode(text, out var value);
        id = new TrackId(value);
        return parsed;
    }

    /// <summary>The first 32 bits: the bytes come from a hash, so they spread evenly.</summary>
    public override int GetHashCode() => Bits.GetHashCode();

    /// <summary>The 22 characters of base62 that people see.</summary>
    public override string ToString() => Base62.Encode(Value);
}
