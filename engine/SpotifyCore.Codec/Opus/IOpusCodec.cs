namespace SpotifyCore.Codec.Opus;

/// <summary>One implementation of Opus. Safe for many threads.</summary>
public interface IOpusCodec
{
    /// <summary>
    /// Name and version, such as <c>libopus 1.3.1</c>. Files carry it: the same sound encoded under another name is
    /// another file.
    /// </summary>
    string Version { get; }

    /// <summary>Prepares the encoder of one stream: music, variable bitrate, full complexity.</summary>
    /// <param name="channels">1 or 2.</param>
    /// <param name="bitsPerSecond">Mean bitrate to aim at, 6,000 to 510,000.</param>
    IOpusEncoder CreateEncoder(int channels, int bitsPerSecond);

    /// <summary>
    /// Prepares the decoder of one stream. One of two channels doubles a mono stream; one of a single channel mixes a
    /// stereo stream down.
    /// </summary>
    /// <param name="channels">Channels to put out, 1 or 2.</param>
    IOpusDecoder CreateDecoder(int channels);
}
