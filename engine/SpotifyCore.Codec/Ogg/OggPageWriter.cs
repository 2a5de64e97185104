using System.Buffers.Binary;

namespace SpotifyCore.Codec.Ogg;

/// <summary>
/// Gathers whole packets into one page after another. Allocates at construction only. Used by one thread.
/// </summary>
internal sealed class OggPageWriter(uint serial)
{
    private readonly byte[] _segments = new byte[OggPageHeader.MaxSegments];
    private readonly byte[] _body = new byte[OggPageHeader.MaxSegments * OggPageHeader.MaxSegmentSize];
    private readonly byte[] _page = new byte[OggPageHeader.MaxPageSize];
    private int _segmentCount;
    private int _bodyLength;
    private uint _sequence;

    /// <summary>
    /// Adds a packet to the page being gathered; false, and nothing added, when it does not fit whole.
    /// </summary>
    public bool TryAdd(ReadOnlySpan<byte> packet)
    {
        var full = Math.DivRem(packet.Length, OggPageHeader.MaxSegmentSize, out var rest);
        if (_segmentCount + full + 1 > OggPageHeader.MaxSegments)
            return false;

        _segments.AsSpan(_segmentCount, full).Fill(OggPageHeader.MaxSegmentSize);
        _segments[_segmentCount + full] = (byte)rest;
        _segmentCount += full + 1;
        packet.CopyTo(_body.AsSpan(_bodyLength));
        _bodyLength += packet.Length;
        return true;
    }

    /// <summary>Ends the page and begins the next.</summary>
    /// <returns>The page's bytes, valid until the next call.</returns>
    public ReadOnlySpan<byte> Finish(OggPageFlags flags, long granule)
    {
        var header = new OggPageHeader(flags, granule, serial, _sequence++);
        header.Write(_page, _segmentCount);
        _segments.AsSpan(0, _segmentCount).CopyTo(_page.AsSpan(OggPageHeader.Size));
        _body.AsSpan(0, _bodyLength).CopyTo(_page.AsSpan(OggPageHeader.Size + _segmentCount));

        var page = _page.AsSpan(0, OggPageHeader.Size + _segmentCount + _bodyLength);
        BinaryPrimitives.WriteUInt32LittleEndian(page[OggPageHeader.ChecksumOffset..], OggCrc.Compute(page));
        _segmentCount = 0;
        _bodyLength = 0;
        return page;
    }
}
