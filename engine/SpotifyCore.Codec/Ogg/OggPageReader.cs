using System.Buffers.Binary;

namespace SpotifyCore.Codec.Ogg;

/// <summary>
/// Reads pages (RFC 3533) without copying them. It does not hunt for a page: the buffer begins with one.
/// </summary>
internal static class OggPageReader
{
    /// <summary>Takes the page at the front of <paramref name="buffer"/>; false while it is incomplete.</summary>
    /// <param name="buffer">Unchanged on return, but written to meanwhile.</param>
    /// <param name="page">A view into <paramref name="buffer"/>.</param>
    /// <exception cref="InvalidDataException">There is no page, or its checksum is wrong.</exception>
    public static bool TryRead(Span<byte> buffer, out OggPage page)
    {
        page = default;
        if (buffer.Length < OggPageHeader.Size)
            return false;

        if (BinaryPrimitives.ReadUInt32LittleEndian(buffer) != OggPageHeader.Capture || buffer[4] != 0)
            throw new InvalidDataException("No Ogg page where one should begin.");

        var tableEnd = OggPageHeader.Size + buffer[OggPageHeader.SegmentCountOffset];
        if (buffer.Length < tableEnd)
            return false;

        var segments = buffer[OggPageHeader.Size..tableEnd];
        var end = tableEnd;
        foreach (var segment in segments)
            end += segment;

        if (buffer.Length < end)
            return false;

        if (!HasRightChecksum(buffer[..end]))
            throw new InvalidDataException("The checksum of an Ogg page is wrong.");

        page = new OggPage(OggPageHeader.Read(buffer), segments, buffer[tableEnd..end]);
        return true;
    }

    // The checksum is that of the page with zero in its place. Cleared in the page itself, the page is one span.
    private static bool HasRightChecksum(Span<byte> page)
    {
        var field = page.Slice(OggPageHeader.ChecksumOffset, sizeof(uint));
        var stated = BinaryPrimitives.ReadUInt32LittleEndian(field);
        field.Clear();
        var computed = OggCrc.Compute(page);
        BinaryPrimitives.WriteUInt32LittleEndian(field, stated);
        return computed == stated;
    }
}
