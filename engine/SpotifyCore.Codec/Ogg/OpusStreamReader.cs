namespace SpotifyCore.Codec.Ogg;

/// <summary>
/// Turns the bytes of an Ogg Opus stream, pushed in order in pieces of any size, into packets
/// (RFC 7845). Does no I/O; allocates at construction only. Used by one thread. After an
/// <see cref="InvalidDataException"/> it stays failed until <see cref="Restart"/>.
/// </summary>
internal sealed class OpusStreamReader
{
    /// <summary>Bytes that <see cref="Push"/> always takes once all packets were read: one chunk.</summary>
    public const int PushSize = 16 * 1024;

    private readonly byte[] _buffer = new byte[OggPageHeader.MaxPageSize - 1 + PushSize];
    private readonly OpusPageCursor _page = new();
    private readonly OpusStreamClock _clock = new();
    private int _start;
    private int _end;
    private Phase _phase = Phase.Head;
    private uint? _serial;
    private uint? _nextSequence;
    private bool _failed;

    private enum Phase
    {
        Head,
        Tags,
        Audio,
        Ended,
    }

    /// <summary>The stream's header; null until it was read.</summary>
    public OpusHead? Head { get; private set; }

    /// <summary>
    /// The sample at which the next packet begins, counted from the start of the stream, pre-skip included.
    /// </summary>
    public ulong Position => _clock.Position;

    /// <summary>True when the last packet of the last page was read.</summary>
    public bool Ended => _phase == Phase.Ended;

    /// <summary>Copies more of the stream in. Views given out before become invalid.</summary>
    /// <returns>Bytes taken: all, up to <see cref="PushSize"/>, once <see cref="TryReadPacket"/> returned
    /// false.</returns>
    public int Push(ReadOnlySpan<byte> bytes)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        var taken = Math.Min(bytes.Length, _buffer.Length - _end);
        bytes[..taken].CopyTo(_buffer.AsSpan(_end));
        _end += taken;
        return taken;
    }

    /// <summary>Takes the next packet of sound; false when more bytes are needed or the stream has ended.</summary>
    /// <exception cref="InvalidDataException">The bytes are no Ogg Opus stream that can be played here.</exception>
    public bool TryReadPacket(out OpusPacket packet)
    {
        if (_failed)
            throw new InvalidDataException("The stream was found broken before.");

        _failed = true;
        var found = TryFindPacket(out packet);
        _failed = false;
        return found;
    }

    /// <summary>
    /// Drops what was pushed and goes on elsewhere in the same stream: the next byte pushed begins a page.
    /// </summary>
    /// <param name="sampleOfNextPage">The sample at which that page's first packet begins, pre-skip included.</param>
    public void Restart(ulong sampleOfNextPage)
    {
        _start = _end = 0;
        _page.Reset();
        _clock.MoveTo(sampleOfNextPage);
        _nextSequence = null;
        _failed = false;

        // A first page, should one come, brings the phase of headers back.
        _phase = Phase.Audio;
    }

    private bool TryFindPacket(out OpusPacket packet)
    {
        while (true)
        {
            while (_page.TryNext(_buffer.AsSpan(_start, _end - _start), out var data))
            {
                if (_phase == Phase.Audio)
                {
                    packet = _clock.Advance(data);
                    return true;
                }

                TakeHeader(data);
            }

            if (!TryOpenPage())
            {
                packet = default;
                return false;
            }
        }
    }

    private bool TryOpenPage()
    {
        if (_page.IsOpen)
        {
            _start += _page.Length;
            var last = _page.IsLast;
            _page.Close();
            if (last)
                _phase = Phase.Ended;
        }

        var rest = _buffer.AsSpan(_start, _end - _start);
        if (rest.IsEmpty || !OggPageReader.TryRead(rest, out var page))
            return false;

        Check(page);
        _page.Open(page, keepsContinued: _nextSequence is not null, skimsPackets: _phase == Phase.Tags);
        _nextSequence = page.Header.Sequence + 1;
        if (_phase == Phase.Audio)
            _clock.EnterPage(page);

        return true;
    }

    private void Check(in OggPage page)
    {
        if (_phase == Phase.Ended)
            throw new InvalidDataException("Bytes follow the end of the stream: chained streams are not played.");

        var header = page.Header;
        _serial ??= header.Serial;
        if (header.Serial != _serial)
            throw new InvalidDataException("Pages of another stream are mixed in: only plain Opus files are played.");

        if (_nextSequence is { } expected && header.Sequence != expected)
            throw new InvalidDataException($"Page {expected} is missing.");

        if (!header.IsFirst)
            return;

        if (_nextSequence is not null)
            throw new InvalidDataException("A stream begins within another.");

        _phase = Phase.Head;
    }

    private void TakeHeader(ReadOnlySpan<byte> packet)
    {
        if (_page.HasMore)
            throw new InvalidDataException("A header shares its page with another packet.");

        if (_phase == Phase.Head)
        {
            Head = OpusHead.Read(packet);
            _phase = Phase.Tags;
            return;
        }

        if (!packet.StartsWith(OpusTags.Magic))
            throw new InvalidDataException("The second packet is no Opus comment header.");

        _phase = Phase.Audio;
        _clock.Start();
    }
}
