namespace SpotifyCore.Codec.Opus;

/// <summary>Opus by the system's libopus.</summary>
internal sealed class LibOpusCodec : IOpusCodec
{
    /// <inheritdoc/>
    public string Version { get; } = LibOpus.Version;

    /// <inheritdoc/>
    public IOpusEncoder CreateEncoder(int channels, int bitsPerSecond) => new LibOpusEncoder(channels, bitsPerSecond);

    /// <inheritdoc/>
    public IOpusDecoder CreateDecoder(int channels) => new LibOpusDecoder(channels);
}
