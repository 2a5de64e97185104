namespace SpotifyCore.Codec.Opus;

/// <summary>
/// Encodes music with libopus: variable bitrate, full complexity. Allocates nothing for a packet. Not safe for two
/// threads at once.
/// </summary>
internal sealed class LibOpusEncoder : IOpusEncoder
{
    private readonly OpusEncoderHandle _encoder;

    /// <summary>Prepares the encoder of one stream.</summary>
    public LibOpusEncoder(int channels, int bitsPerSecond)
    {
        OpusArguments.CheckChannels(channels);
        OpusArguments.CheckBitrate(bitsPerSecond);
        Channels = channels;
        _encoder = LibOpus.opus_encoder_create(
            OpusFormat.SampleRate, channels, LibOpus.ApplicationAudio, out var error);
        Check(error);
        Check(LibOpus.Control(_encoder, LibOpus.SetBitrate, bitsPerSecond));
        Check(LibOpus.Control(_encoder, LibOpus.SetComplexity, IOpusEncoder.FullComplexity));
        Lookahead = ReadLookahead();
    }

    /// <inheritdoc/>
    public int Channels { get; }

    /// <inheritdoc/>
    public int Lookahead { get; }

    /// <inheritdoc/>
    public unsafe int Encode(ReadOnlySpan<short> interleaved, Span<byte> packet)
    {
        fixed (short* pcm = interleaved)
        fixed (byte* written = packet)
        {
            var length = LibOpus.opus_encode(_encoder, pcm, interleaved.Length / Channels, written, packet.Length);
            return length > 0 ? length : throw new ArgumentException(LibOpus.Describe(length), nameof(interleaved));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _encoder.Dispose();

    private unsafe int ReadLookahead()
    {
        int lookahead;
        Check(LibOpus.Control(_encoder, LibOpus.GetLookahead, (nint)(&lookahead)));
        return lookahead;
    }

    private static void Check(int error)
    {
        if (error != LibOpus.Ok)
            throw new InvalidOperationException($"libopus: {LibOpus.Describe(error)}.");
    }
}
