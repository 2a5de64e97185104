using SpotifyCore.Codec.Ogg;
using SpotifyCore.Codec.Opus;

namespace SpotifyCore.Codec.Tracks;

/// <summary>
/// Turns the bytes of an Ogg Opus file, pushed in order, into exactly the samples that went in: pre-skip
/// dropped, end trimmed, output gain applied. Allocates at construction only. The decoder is the caller's
/// and used by nobody else meanwhile. Used by one thread.
/// </summary>
public sealed class OpusTrackDecoder
{
    private readonly OpusStreamReader _reader = new();
    private readonly IOpusDecoder _decoder;
    private readonly float[] _pcm;
    private int? _preSkip;
    private ulong _from;

    /// <summary>Prepares to decode a file from its start.</summary>
    /// <param name="decoder">A new decoder; its channels are those put out, whatever the file has.</param>
    /// <param name="preSkip">The file's pre-skip, known from its manifest; needed to seek before the header was
    /// read.</param>
    public OpusTrackDecoder(IOpusDecoder decoder, int? preSkip = null)
    {
        _decoder = decoder;
        _preSkip = preSkip;
        _from = (ulong)(preSkip ?? 0);
        _pcm = new float[OpusFormat.MaxPacketSamples * decoder.Channels];
    }

    /// <summary>Channels put out.</summary>
    public int Channels => _decoder.Channels;

    /// <summary>The sample that comes next; 0 is the first of the track.</summary>
    public long Position { get; private set; }

    /// <summary>True when the last sample was read.</summary>
    public bool Ended => _reader.Ended;

    /// <summary>Copies more of the file in. PCM given out before becomes invalid.</summary>
    /// <returns>Bytes taken: all, up to 16 KiB, once <see cref="TryRead"/> returned false.</returns>
    public int Push(ReadOnlySpan<byte> bytes) => _reader.Push(bytes);

    /// <summary>Decodes the next samples; false when more bytes are needed or the file has ended.</summary>
    /// <param name="interleaved">Between 1 and 5,760 samples per channel, valid until the next call.</param>
    /// <exception cref="InvalidDataException">The bytes are no Ogg Opus file that can be played here.</exception>
    public bool TryRead(out ReadOnlySpan<float> interleaved)
    {
        while (_reader.TryReadPacket(out var packet))
        {
            LearnPreSkip();
            var decoded = _decoder.Decode(packet.Data, _pcm);
            if (decoded != packet.Samples)
                throw new InvalidDataException("An Opus packet sounds longer or shorter than it says.");

            var skipped = (int)Math.Min((ulong)packet.Samples, _from - Math.Min(_from, packet.Position));
            if (skipped >= packet.Kept)
                continue;

            var heard = _pcm.AsSpan(skipped * Channels, (packet.Kept - skipped) * Channels);
            ApplyGain(heard);
            Position += packet.Kept - skipped;
            interleaved = heard;
            return true;
        }

        interleaved = default;
        return false;
    }

    /// <summary>Goes elsewhere in the file: the bytes pushed next begin where <paramref name="plan"/> says.</summary>
    /// <exception cref="InvalidOperationException">The pre-skip is not known yet.</exception>
    public void SeekTo(in SeekPlan plan)
    {
        var preSkip = _preSkip ?? throw new InvalidOperationException("The file's pre-skip is not known.");
        _reader.Restart(plan.PageSample);
        _decoder.Reset();
        _from = (ulong)(plan.Sample + preSkip);
        Position = plan.Sample;
    }

    private void LearnPreSkip()
    {
        if (_reader.Head is not { } head || head.PreSkip == _preSkip)
            return;

        if (_preSkip is not null)
            throw new InvalidDataException("The file's pre-skip is not the one announced.");

        _preSkip = head.PreSkip;
        _from = head.PreSkip;
    }

    private void ApplyGain(Span<float> samples)
    {
        if (_reader.Head is not { OutputGain: not 0 } head)
            return;

        var factor = MathF.Pow(10, head.OutputGain / (20f * 256f));
        foreach (ref var sample in samples)
            sample *= factor;
    }
}
