using System.Buffers.Binary;

namespace SpotifyCore.Codec.Ogg;

/// <summary>The fixed part of a page's header.</summary>
/// <param name="Flags">Its place in the stream.</param>
/// <param name="Granule">Samples of the stream up to the last packet that ends here; -1 when none does.</param>
/// <param name="Serial">Names the stream.</param>
/// <param name="Sequence">Number of the page in its stream.</param>
internal readonly record struct OggPageHeader(OggPageFlags Flags, long Granule, uint Serial, uint Sequence)
{
    /// <summary>
    /// Length of the wire form, little-endian: "OggS", u8 version 0, u8 flags, i64 granule, u32 serial,
    /// u32 sequence, u32 checksum, u8 number of segments. The segment table follows, then the body.
    /// </summary>
    public const int Size = 27;

    /// <summary>The longest page there can be.</summary>
    public const int MaxPageSize = Size + MaxSegments + (MaxSegments * MaxSegmentSize);

    /// <summary>True when it begins within a packet.</summary>
    public bool IsContinued => (Flags & OggPageFlags.Continued) == OggPageFlags.Continued;

    /// <summary>True when it begins its stream.</summary>
    public bool IsFirst => (Flags & OggPageFlags.First) == OggPageFlags.First;

    /// <summary>True when it ends its stream.</summary>
    public bool IsLast => (Flags & OggPageFlags.Last) == OggPageFlags.Last;

    internal const int MaxSegments = 255;
    internal const int MaxSegmentSize = 255;
    internal const int ChecksumOffset = 22;
    internal const int SegmentCountOffset = 26;
    internal const uint Capture = 0x5367674F;

    internal static OggPageHeader Read(ReadOnlySpan<byte> source) => new(
        (OggPageFlags)source[5],
        BinaryPrimitives.ReadInt64LittleEndian(source[6..]),
        BinaryPrimitives.ReadUInt32LittleEndian(source[14..]),
        BinaryPrimitives.ReadUInt32LittleEndian(source[18..]));

    // The checksum's place is left zero: it is computed over the page in that state.
    internal void Write(Span<byte> destination, int segments)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Capture);
        destination[4] = 0;
        destination[5] = (byte)Flags;
        BinaryPrimitives.WriteInt64LittleEndian(destination[6..], Granule);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[14..], Serial);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[18..], Sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[ChecksumOffset..], 0);
        destination[SegmentCountOffset] = (byte)segments;
    }
}
