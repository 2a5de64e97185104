using SpotifyCore.Import.Measuring;

namespace SpotifyCore.Import.Sources;

/// <summary>A source as PCM, with what decoding told.</summary>
/// <param name="Pcm">The samples; the caller's to dispose.</param>
/// <param name="Loudness">How loud they are.</param>
/// <param name="Warnings">What was wrong with the source and did not stop it.</param>
internal sealed record DecodedSource(PcmSpool Pcm, Loudness Loudness, IReadOnlyList<string> Warnings) : IDisposable
{
    /// <summary>What ffmpeg said of the damage in it, for who looks into it; empty when there is none.</summary>
    public string Detail { get; init; } = "";

    /// <inheritdoc/>
    public void Dispose() => Pcm.Dispose();
}
