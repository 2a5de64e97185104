using Concentus;

namespace SpotifyCore.Codec.Opus;

/// <summary>
/// Decodes with Concentus. Its sound is clipped to 16 bits, where libopus keeps what goes beyond full scale.
/// Allocates some 26 to 36 KB a packet of 20 ms within Concentus, which has no way to lend it memory. Not safe for two
/// threads at once.
/// </summary>
internal sealed class ConcentusDecoder : IOpusDecoder
{
    private const int UsualPacketSamples = 960;

    private readonly Concentus.IOpusDecoder _decoder;
    private readonly short[] _pcm;
    private int _lastSamples = UsualPacketSamples;

    /// <summary>Prepares the decoder of one stream.</summary>
    public ConcentusDecoder(int channels)
    {
        OpusArguments.CheckChannels(channels);
        Channels = channels;
        _decoder = OpusCodecFactory.CreateDecoder(OpusFormat.SampleRate, channels);
        _pcm = new short[OpusFormat.MaxPacketSamples * channels];
    }

    /// <inheritdoc/>
    public int Channels { get; }

    /// <inheritdoc/>
    public int Decode(ReadOnlySpan<byte> packet, Span<float> interleaved)
    {
        var room = interleaved.Length / Channels;
        var samples = packet.IsEmpty ? Math.Min(room, _lastSamples) : OpusPacketDuration.Of(packet);
        if (samples > room)
            throw new InvalidDataException("Not an Opus packet that fits the buffer.");

        // As floats it would decode to shorts first, in an array of its own.
        var pcm = _pcm.AsSpan(0, samples * Channels);
        Decode(IsPause(packet) ? default : packet, pcm, samples);
        for (var i = 0; i < pcm.Length; i++)
            interleaved[i] = pcm[i] / 32_768f;

        _lastSamples = samples;
        return samples;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _lastSamples = UsualPacketSamples;
        _decoder.ResetState();
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();

    private void Decode(ReadOnlySpan<byte> packet, Span<short> pcm, int samples)
    {
        int decoded;
        try
        {
            decoded = _decoder.Decode(packet, pcm, samples);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // What it throws for a broken packet is not documented, nor what state it is in then.
            _decoder.ResetState();
            throw new InvalidDataException($"Not an Opus packet: {failure.Message}", failure);
        }

        if (decoded != samples)
            throw new InvalidDataException("Not an Opus packet: it sounds longer or shorter than it says.");
    }

    // Frames of at most a byte say that nothing was sent (RFC 6716 section 3.2.1, discontinuous transmission); Concentus
    // takes some of them for damage. Concealing is what libopus does.
    private static bool IsPause(ReadOnlySpan<byte> packet) => !packet.IsEmpty && (packet[0] & 3) switch
    {
        0 => packet.Length <= 2,
        1 => packet.Length is 1 or 3,
        _ => false,
    };
}
