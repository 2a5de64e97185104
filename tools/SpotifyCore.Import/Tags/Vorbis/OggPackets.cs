using SpotifyCore.Import.Tags.Reading;

namespace SpotifyCore.Import.Tags.Vorbis;

/// <summary>
/// The packets of one stream of an Ogg file, one after the other; reads what is left of the packet it stands in.
/// Pages of other streams are passed over. Checksums are not looked at: what is damaged shows in the sound.
/// </summary>
/// <param name="file">The file, at a page of the stream.</param>
/// <param name="serial">The stream's.</param>
internal sealed class OggPackets(Stream file, uint serial) : SequentialStream
{
    private const int FullSegment = 255;

    private readonly byte[] _segments = new byte[FullSegment];
    private int _count;
    private int _next;
    private int _left;
    private int _pages;

    // Before the first packet as at the end of each.
    private bool _hasEnded = true;

    /// <summary>Goes to the beginning of the next packet, or of the first; false where there is none.</summary>
    public bool TryNext()
    {
        Span<byte> passed = stackalloc byte[1_024];
        while (Read(passed) > 0)
        {
            // What is left of this one.
        }

        return TryNextSegment();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (_left == 0)
        {
            if (_hasEnded || !TryNextSegment())
                return 0;
        }

        var read = file.Read(buffer[..Math.Min(buffer.Length, _left)]);
        _left = read == 0 ? 0 : _left - read;
        _hasEnded |= read == 0;
        return read;
    }

    // A segment that is not full ends its packet.
    private bool TryNextSegment()
    {
        if (_next == _count && !TryNextPage())
        {
            _hasEnded = true;
            return false;
        }

        _left = _segments[_next++];
        _hasEnded = _left < FullSegment;
        return true;
    }

    private bool TryNextPage()
    {
        while (_pages++ < TagLimits.MaxParts && OggPageStart.TryRead(file, out var page))
        {
            if (page.Serial != serial)
            {
                file.Position += page.BodyLength;
                continue;
            }

            page.Segments.CopyTo(_segments);
            (_count, _next) = (page.Segments.Length, 0);
            if (_count > 0)
                return true;
        }

        return false;
    }
}
