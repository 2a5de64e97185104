namespace SpotifyCore.Codec.Opus;

/// <summary>Decodes with libopus; allocates nothing for a packet. Not safe for two threads at once.</summary>
internal sealed class LibOpusDecoder : IOpusDecoder
{
    private const int UsualPacketSamples = 960;

    private readonly OpusDecoderHandle _decoder;
    private int _lastSamples = UsualPacketSamples;

    /// <summary>Prepares the decoder of one stream.</summary>
    public LibOpusDecoder(int channels)
    {
        OpusArguments.CheckChannels(channels);
        Channels = channels;
        _decoder = LibOpus.opus_decoder_create(OpusFormat.SampleRate, channels, out var error);
        if (error != LibOpus.Ok)
            throw new InvalidOperationException($"libopus: {LibOpus.Describe(error)}.");
    }

    /// <inheritdoc/>
    public int Channels { get; }

    /// <inheritdoc/>
    public unsafe int Decode(ReadOnlySpan<byte> packet, Span<float> interleaved)
    {
        var room = interleaved.Length / Channels;
        fixed (byte* data = packet)
        fixed (float* pcm = interleaved)
        {
            // Without a packet libopus fills exactly the room it is given.
            var samples = packet.IsEmpty
                ? LibOpus.opus_decode_float(_decoder, null, 0, pcm, Math.Min(room, _lastSamples), 0)
                : LibOpus.opus_decode_float(_decoder, data, packet.Length, pcm, room, 0);
            if (samples <= 0)
                throw new InvalidDataException($"Not an Opus packet: {LibOpus.Describe(samples)}.");

            _lastSamples = samples;
            return samples;
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _lastSamples = UsualPacketSamples;
        var error = LibOpus.opus_decoder_init(_decoder, OpusFormat.SampleRate, Channels);
        if (error != LibOpus.Ok)
            throw new InvalidOperationException($"libopus: {LibOpus.Describe(error)}.");
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();
}
