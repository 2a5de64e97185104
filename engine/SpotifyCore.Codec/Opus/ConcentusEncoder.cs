using Concentus;
using Concentus.Enums;

namespace SpotifyCore.Codec.Opus;

/// <summary>
/// Encodes music with Concentus: variable bitrate, full complexity. Allocates some 110 to 130 KB a frame of 20 ms
/// within Concentus, which has no way to lend it memory. Not safe for two threads at once.
/// </summary>
internal sealed class ConcentusEncoder : IOpusEncoder
{
    private readonly Concentus.IOpusEncoder _encoder;

    /// <summary>Prepares the encoder of one stream.</summary>
    public ConcentusEncoder(int channels, int bitsPerSecond)
    {
        OpusArguments.CheckChannels(channels);
        OpusArguments.CheckBitrate(bitsPerSecond);
        Channels = channels;
        _encoder = OpusCodecFactory.CreateEncoder(
            OpusFormat.SampleRate, channels, OpusApplication.OPUS_APPLICATION_AUDIO);
        _encoder.Bitrate = bitsPerSecond;
        _encoder.Complexity = IOpusEncoder.FullComplexity;
        Lookahead = _encoder.Lookahead;
    }

    /// <inheritdoc/>
    public int Channels { get; }

    /// <inheritdoc/>
    public int Lookahead { get; }

    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<short> interleaved, Span<byte> packet)
    {
        try
        {
            var length = _encoder.Encode(interleaved, interleaved.Length / Channels, packet, packet.Length);
            return length > 0 ? length : throw new ArgumentException("No packet was made.", nameof(interleaved));
        }
        catch (Exception failure) when (failure is not (ArgumentException or OutOfMemoryException))
        {
            // What it throws for a frame of a wrong length depends on the length.
            throw new ArgumentException(failure.Message, nameof(interleaved), failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _encoder.Dispose();
}
