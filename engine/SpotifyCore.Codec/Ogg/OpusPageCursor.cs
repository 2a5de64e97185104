namespace SpotifyCore.Codec.Ogg;

/// <summary>Walks the packets of one page after another and joins what continues from page to page.</summary>
internal sealed class OpusPageCursor
{
    // RFC 7845 section 6: a mono or stereo packet needs no more.
    private const int MaxPacket = 61_440;

    private readonly byte[] _joined = new byte[MaxPacket];
    private int _joinedLength;
    private bool _isJoining;
    private bool _isDropping;
    private bool _skims;
    private int _segment;
    private int _segmentCount;
    private int _offset;

    public bool IsOpen { get; private set; }

    /// <summary>True when the open page is its stream's last.</summary>
    public bool IsLast { get; private set; }

    /// <summary>Bytes of the open page.</summary>
    public int Length { get; private set; }

    /// <summary>True when segments of the open page are left.</summary>
    public bool HasMore => _segment < _segmentCount;

    /// <summary>Begins a page.</summary>
    /// <param name="page">Its header counts; its bytes are given to <see cref="TryNext"/>.</param>
    /// <param name="keepsContinued">False when the page before is not known, so that the end of its last packet is
    /// dropped.</param>
    /// <param name="skimsPackets">True to keep only the front of a packet that is too long, as comments with pictures
    /// are.</param>
    public void Open(in OggPage page, bool keepsContinued, bool skimsPackets)
    {
        var continues = page.Header.IsContinued;
        if (keepsContinued && continues != _isJoining)
            throw new InvalidDataException("A packet that goes on over two pages lacks one half.");

        _isDropping = continues && !keepsContinued;
        _skims = skimsPackets;
        _segment = 0;
        _segmentCount = page.Segments.Length;
        _offset = OggPageHeader.Size + _segmentCount;
        Length = page.Length;
        IsLast = page.Header.IsLast;
        IsOpen = true;
    }

    /// <summary>Forgets the page; what it began and did not end is kept for the next, unless it was the last.</summary>
    public void Close()
    {
        IsOpen = false;
        _segment = _segmentCount = 0;
    }

    /// <summary>Forgets all.</summary>
    public void Reset()
    {
        Close();
        _isJoining = false;
        _joinedLength = 0;
    }

    /// <summary>
    /// Takes the next packet that ends on the page; <paramref name="page"/> begins with the open page's bytes.
    /// </summary>
    public bool TryNext(ReadOnlySpan<byte> page, out ReadOnlySpan<byte> packet)
    {
        while (TryTakeRun(page, out var run, out var ends))
        {
            if (_isDropping)
            {
                _isDropping = !ends;
                continue;
            }

            if (!ends)
            {
                Join(run);
                break;
            }

            packet = run;
            if (_isJoining)
                packet = EndJoin(run);

            return true;
        }

        packet = default;
        return false;
    }

    private bool TryTakeRun(ReadOnlySpan<byte> page, out ReadOnlySpan<byte> run, out bool ends)
    {
        ends = false;
        run = default;
        if (!HasMore)
            return false;

        var length = 0;
        while (HasMore && !ends)
        {
            var segment = page[OggPageHeader.Size + _segment++];
            length += segment;
            ends = segment < OggPageHeader.MaxSegmentSize;
        }

        run = page.Slice(_offset, length);
        _offset += length;
        return true;
    }

    private void Join(ReadOnlySpan<byte> run)
    {
        _isJoining = true;
        var kept = Math.Min(run.Length, MaxPacket - _joinedLength);
        if (kept < run.Length && !_skims)
            throw new InvalidDataException("An Opus packet is longer than any can be.");

        run[..kept].CopyTo(_joined.AsSpan(_joinedLength));
        _joinedLength += kept;
    }

    private ReadOnlySpan<byte> EndJoin(ReadOnlySpan<byte> run)
    {
        Join(run);
        var packet = _joined.AsSpan(0, _joinedLength);
        _isJoining = false;
        _joinedLength = 0;
        return packet;
    }
}
