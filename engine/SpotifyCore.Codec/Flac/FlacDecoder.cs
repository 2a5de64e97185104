using System.Diagnostics.CodeAnalysis;

namespace SpotifyCore.Codec.Flac;

/// <summary>
/// Decodes the frames of a FLAC stream (RFC 9639) of one or two channels and up to 24 bits. All of them are checked;
/// what is not as it was written is told, and left to who goes on over damage. Allocates nothing per frame. Used by one
/// thread.
/// </summary>
public sealed class FlacDecoder
{
    private const int MostBits = 24;
    private const int LeastBuffer = 32 * 1024;

    // Of a frame's header and of all that is beside the samples of a channel.
    private const int Beside = 256;

    private readonly Stream _frames;
    private readonly FlacStreamInfo _info;
    private readonly int[][] _samples;

    // No encoder makes a frame that is longer than its samples are as they come.
    private readonly int _longest;
    private readonly byte[] _buffer;
    private long _left;
    private int _start;
    private int _end;
    private int _count;

    /// <summary>Begins at the first frame.</summary>
    /// <param name="frames">Stands there; the caller's to dispose.</param>
    /// <param name="length">Bytes of all frames.</param>
    /// <param name="info">What the stream says of itself; one that is supported.</param>
    public FlacDecoder(Stream frames, long length, FlacStreamInfo info)
    {
        if (!Supports(info))
            throw new ArgumentException("FLAC of this form is not decoded here.", nameof(info));

        _frames = frames;
        _left = length;
        _info = info;
        _samples = new int[info.Channels][];
        for (var channel = 0; channel < info.Channels; channel++)
            _samples[channel] = new int[info.LongestBlock];

        _longest = info.Channels * (((info.LongestBlock * (info.BitsPerSample + 1)) / 8) + Beside);
        _buffer = new byte[Math.Max(LeastBuffer, 2 * _longest) + FlacBits.Padding];
    }

    /// <summary>Whether streams of a form are decoded here.</summary>
    public static bool Supports(FlacStreamInfo info) =>
        info.Channels is 1 or 2 && info.BitsPerSample is >= 4 and <= MostBits && info.LongestBlock >= 16;

    /// <summary>The samples of a channel in the frame that was read last; until the next is read.</summary>
    public ReadOnlySpan<int> SamplesOf(int channel) => _samples[channel].AsSpan(0, _count);

    /// <summary>Reads and checks the next frame.</summary>
    /// <returns>How many samples each channel has in it; 0 at the end.</returns>
    /// <exception cref="InvalidDataException">It is broken, or of another form than the stream.</exception>
    public int ReadFrame()
    {
        _count = 0;
        Fill();
        if (_start == _end)
            return 0;

        var frame = _buffer.AsSpan(_start, _end - _start + FlacBits.Padding);
        var bits = new FlacBits(frame);
        var header = FlacFrameHeader.Read(ref bits, frame, _info);
        for (var channel = 0; channel < _info.Channels; channel++)
        {
            var isSide = header.Channels == (channel == 0 ? FlacFrameHeader.SideRight : FlacFrameHeader.LeftSide)
                || (channel == 1 && header.Channels == FlacFrameHeader.MidSide);
            FlacSubframe.Read(
                ref bits, _samples[channel].AsSpan(0, header.Samples), _info.BitsPerSample + (isSide ? 1 : 0));
        }

        bits.Align();
        var length = bits.Bytes;
        if (bits.Read(16) != FlacCrc.OfFrame(frame[..length]))
            ThrowBroken("a frame is damaged");

        _start += bits.Bytes;
        _count = header.Samples;
        Join(header);
        return _count;
    }

    [DoesNotReturn]
    internal static void ThrowBroken(string what) => throw new InvalidDataException($"This is no whole FLAC: {what}.");

    private void Fill()
    {
        if (_end - _start >= _longest || _left == 0)
            return;

        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        while (_left > 0 && _end < _buffer.Length - FlacBits.Padding)
        {
            var room = (int)Math.Min(_left, _buffer.Length - FlacBits.Padding - _end);
            var read = _frames.Read(_buffer.AsSpan(_end, room));
            if (read == 0)
                ThrowBroken("it became shorter while it was read");

            _end += read;
            _left -= read;
        }
    }

    private void Join(FlacFrameHeader header)
    {
        if (header.Channels < FlacFrameHeader.LeftSide)
            return;

        var first = _samples[0].AsSpan(0, _count);
        var second = _samples[1].AsSpan(0, _count);
        for (var i = 0; i < first.Length; i++)
        {
            var (one, other) = (first[i], second[i]);
            switch (header.Channels)
            {
                case FlacFrameHeader.LeftSide:
                    second[i] = one - other;
                    break;
                case FlacFrameHeader.SideRight:
                    first[i] = one + other;
                    break;
                default:
                    // The lowest bit of the middle is that of the side.
                    one = (one << 1) | (other & 1);
                    (first[i], second[i]) = ((one + other) >> 1, (one - other) >> 1);
                    break;
            }
        }
    }
}
