using SpotifyCore.Codec.Tracks;

namespace SpotifyCore.Import.Encoding;

/// <summary>One encoding of a track, plain, on disk.</summary>
/// <param name="Content">The file; owned by this.</param>
/// <param name="BitsPerSecond">What was aimed at.</param>
/// <param name="Seeks">Where its pages begin.</param>
/// <param name="PlaintextHash">SHA-256 of it, from which its key is derived.</param>
internal sealed record EncodedFile(
    FileStream Content, int BitsPerSecond, SeekTable Seeks, byte[] PlaintextHash) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Content.Dispose();
}
