using SpotifyCore.Codec.Opus;

namespace SpotifyCore.Codec.Ogg;

/// <summary>Puts packets into pages of at most 200 ms and the pages into a stream that is the caller's.</summary>
internal sealed class OpusPacketSink(Stream output, uint serial, Action<OpusPageMark>? pageWritten)
{
    // Short pages: the first chunk holds sound, and a seek lands near its target.
    private const int MaxPacketsOnPage = 10;

    private readonly OggPageWriter _page = new(serial);
    private long _offset;
    private long _pageStart;
    private long _position;
    private int _packets;

    public void WriteHeaders(in OpusHead head, OpusTags tags)
    {
        Span<byte> packet = stackalloc byte[OpusHead.Size];
        head.Write(packet);
        _page.TryAdd(packet);
        WritePage(OggPageFlags.First, 0);
        if (!_page.TryAdd(tags.ToPacket()))
            throw new ArgumentException("The comments do not fit on a page.", nameof(tags));

        WritePage(OggPageFlags.None, 0);
    }

    public void Add(ReadOnlySpan<byte> packet)
    {
        if (_packets == MaxPacketsOnPage || !_page.TryAdd(packet))
        {
            WritePage(OggPageFlags.None, _position);
            _page.TryAdd(packet);
        }

        _packets++;
        _position += OpusPacketDuration.Of(packet);
    }

    /// <summary>Ends the stream, trimmed to <paramref name="granule"/> samples.</summary>
    public void Finish(long granule) => WritePage(OggPageFlags.Last, granule);

    private void WritePage(OggPageFlags flags, long granule)
    {
        var page = _page.Finish(flags, granule);
        output.Write(page);
        pageWritten?.Invoke(new OpusPageMark(_offset, (ulong)_pageStart));
        _offset += page.Length;
        _pageStart = _position;
        _packets = 0;
    }
}
