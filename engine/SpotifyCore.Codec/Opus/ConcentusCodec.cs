using Concentus;

namespace SpotifyCore.Codec.Opus;

/// <summary>Opus by Concentus, managed code that needs nothing installed.</summary>
internal sealed class ConcentusCodec : IOpusCodec
{
    // Left to itself it takes libopus where it finds a developer's copy, and itself where it doesn't.
    static ConcentusCodec() => OpusCodecFactory.AttemptToUseNativeLibrary = false;

    /// <inheritdoc/>
    /// <remarks>The assembly's: what the library tells of itself is the version of an earlier release.</remarks>
    public string Version { get; } =
        $"Concentus {typeof(OpusCodecFactory).Assembly.GetName().Version!.ToString(fieldCount: 3)}";

    /// <inheritdoc/>
    public IOpusEncoder CreateEncoder(int channels, int bitsPerSecond) => new ConcentusEncoder(channels, bitsPerSecond);

    /// <inheritdoc/>
    public IOpusDecoder CreateDecoder(int channels) => new ConcentusDecoder(channels);
}
