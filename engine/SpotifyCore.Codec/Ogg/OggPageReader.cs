using System.Buffers.Binary;

namespace SpotifyCore.Codec.Ogg;

/// <summary>
/// Reads pages (RFC 3533) without copying them. It does not hunt for a page: the buffer begins with one.
/// </summary>
public static class OggPageReader
{
    private static ReadOnlySpan<byte> NoChecksum => [0, 0, 0, 0];

    /// <summary>Takes the page at the front of <paramref name="buffer"/>; false while it is incomplete.</summary>
    /// <exception cref="InvalidDataException">There is no page, or its checksum is wrong.</exception>
    public static bool TryRead(ReadOnlySpan<byte> buffer, out OggPage page)
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

        if (Checksum(buffer[..end]) != BinaryPrimitives.ReadUInt32LittleEndian(buffer[OggPageHeader.ChecksumOffset..]))
            throw new InvalidDataException("The checksum of an Ogg page is wrong.");

        page = new OggPage(OggPageHeader.Read(buffer), segments, buffer[tableEnd..end]);
        return true;
    }

    private static uint Checksum(ReadOnlySpan<byte> page)
    {
        var crc = OggCrc.Append(0, page[..OggPageHeader.ChecksumOffset]);
        crc = OggCrc.Append(crc, NoChecksum);
        return OggCrc.Append(crc, page[OggPageHeader.SegmentCountOffset..]);
    }
}
