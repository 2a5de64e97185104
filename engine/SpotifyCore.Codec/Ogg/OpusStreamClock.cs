using SpotifyCore.Codec.Opus;

namespace SpotifyCore.Codec.Ogg;

/// <summary>Counts samples from packet to packet and finds where the end is trimmed (RFC 7845 section 4).</summary>
internal sealed class OpusStreamClock
{
    private long _origin;
    private ulong? _end;
    private bool _isAnchored;

    /// <summary>The sample at which the next packet begins.</summary>
    public ulong Position { get; private set; }

    /// <summary>Begins at the first packet of the stream.</summary>
    public void Start()
    {
        MoveTo(0);
        _isAnchored = false;
        _origin = 0;
    }

    /// <summary>Goes on at a packet within the stream.</summary>
    public void MoveTo(ulong sample)
    {
        Position = sample;
        _end = null;
        _isAnchored = true;
    }

    /// <summary>Takes in the granule position of a page before its packets.</summary>
    public void EnterPage(in OggPage page)
    {
        var granule = page.Header.Granule;
        if (granule == -1)
            return;

        if (granule < -1)
            throw new InvalidDataException("A granule position is negative.");

        var isLast = page.Header.IsLast;
        if (!_isAnchored)
            Anchor(page, isLast);

        if (isLast)
            _end = (ulong)Math.Max(0, granule - _origin);
    }

    /// <summary>Counts a packet.</summary>
    public OpusPacket Advance(ReadOnlySpan<byte> data)
    {
        var samples = OpusPacketDuration.Of(data);
        var position = Position;
        var kept = _end is { } end ? (int)Math.Min((ulong)samples, end - Math.Min(end, position)) : samples;
        Position = position + (ulong)samples;
        return new OpusPacket(data, position, samples, kept);
    }

    // A stream cut out of a longer one begins with a granule position above its own samples.
    private void Anchor(in OggPage page, bool isLast)
    {
        _isAnchored = true;
        if (page.Header.IsContinued || isLast)
            return;

        _origin = page.Header.Granule - CountSamples(page);
        if (_origin < 0)
            throw new InvalidDataException("The first page of sound claims fewer samples than it holds.");
    }

    private static long CountSamples(in OggPage page)
    {
        var samples = 0L;
        int begin = 0, length = 0;
        foreach (var segment in page.Segments)
        {
            length += segment;
            if (segment == OggPageHeader.MaxSegmentSize)
                continue;

            samples += OpusPacketDuration.Of(page.Body.Slice(begin, length));
            begin += length;
            length = 0;
        }

        return samples;
    }
}
