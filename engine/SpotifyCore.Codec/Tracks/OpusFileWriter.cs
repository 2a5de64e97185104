using SpotifyCore.Codec.Ogg;
using SpotifyCore.Codec.Opus;

namespace SpotifyCore.Codec.Tracks;

/// <summary>
/// Encodes 48 kHz PCM to an Ogg Opus file that begins and ends on the exact sample. The same samples through
/// the same library make the same bytes. Before the first sample and after the last the sound is continued
/// by prediction, so that pieces cut from one recording join without a seam. Encoder and stream are the
/// caller's; 0 bytes are allocated a packet. Used by one thread.
/// </summary>
public sealed class OpusFileWriter
{
    /// <summary>Samples at the start of each file that the decoder drops: 80 ms, in which it settles.</summary>
    public const int PreSkip = 3_840;

    private const int FrameSamples = 960;
    private const int MaxPacket = 1_275;

    private readonly IOpusEncoder _encoder;
    private readonly OpusPacketSink _sink;
    private readonly PcmHistory _history;
    private readonly short[] _opening;
    private readonly short[] _frame;
    private readonly byte[] _packet = new byte[MaxPacket];
    private int _opened;
    private int _filled;
    private long _encoded;
    private bool _isOpen;
    private bool _isFinished;

    /// <summary>Writes the headers.</summary>
    /// <param name="output">Takes the file, page by page.</param>
    /// <param name="encoder">A new encoder with the file's channels and bitrate.</param>
    /// <param name="info">Serial number and vendor.</param>
    /// <param name="pageWritten">Told of each page, in order, headers included.</param>
    public OpusFileWriter(
        Stream output, IOpusEncoder encoder, OpusStreamInfo info, Action<OpusPageMark>? pageWritten = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(encoder.Lookahead, PreSkip);
        _encoder = encoder;
        _sink = new OpusPacketSink(output, info.Serial, pageWritten);
        _history = new PcmHistory(PcmEdge.Known * encoder.Channels);
        _opening = new short[PcmEdge.Known * encoder.Channels];
        _frame = new short[FrameSamples * encoder.Channels];
        _sink.WriteHeaders(
            new OpusHead(encoder.Channels, PreSkip, OpusFormat.SampleRate, 0), new OpusTags(info.Vendor, []));
    }

    /// <summary>Samples per channel taken so far.</summary>
    public long Samples { get; private set; }

    /// <summary>Takes more sound: whole samples of all channels, any number of them.</summary>
    public void Write(ReadOnlySpan<short> interleaved)
    {
        ObjectDisposedException.ThrowIf(_isFinished, this);
        if (interleaved.Length % _encoder.Channels != 0)
            throw new ArgumentException("Samples of all channels come together.", nameof(interleaved));

        Samples += interleaved.Length / _encoder.Channels;
        if (!_isOpen)
        {
            var taken = Math.Min(interleaved.Length, _opening.Length - _opened);
            interleaved[..taken].CopyTo(_opening.AsSpan(_opened));
            _opened += taken;
            interleaved = interleaved[taken..];
            if (_opened == _opening.Length)
                Open();
        }

        _history.Add(interleaved);
        Encode(interleaved);
    }

    /// <summary>Encodes what is left and ends the file.</summary>
    public void Finish()
    {
        ObjectDisposedException.ThrowIf(_isFinished, this);
        _isFinished = true;
        if (!_isOpen)
            Open();

        // Whole frames, until the decoder's output covers pre-skip and every sample.
        var total = PreSkip + Samples;
        var frames = (total + FrameSamples - 1) / FrameSamples;
        var after = new short[((frames * FrameSamples) - _encoded) * _encoder.Channels - _filled];
        PcmEdge.ExtendForwards(_history.Last, after, _encoder.Channels);
        Encode(after);
        _sink.Finish(total);
    }

    private void Open()
    {
        _isOpen = true;
        var opening = _opening.AsSpan(0, _opened);
        var before = new short[(PreSkip - _encoder.Lookahead) * _encoder.Channels];
        PcmEdge.ExtendBackwards(opening, before, _encoder.Channels);
        Encode(before);
        _history.Add(opening);
        Encode(opening);
    }

    private void Encode(ReadOnlySpan<short> interleaved)
    {
        while (!interleaved.IsEmpty)
        {
            var taken = Math.Min(interleaved.Length, _frame.Length - _filled);
            interleaved[..taken].CopyTo(_frame.AsSpan(_filled));
            interleaved = interleaved[taken..];
            _filled += taken;
            if (_filled < _frame.Length)
                return;

            _sink.Add(_packet.AsSpan(0, _encoder.Encode(_frame, _packet)));
            _encoded += FrameSamples;
            _filled = 0;
        }
    }
}
