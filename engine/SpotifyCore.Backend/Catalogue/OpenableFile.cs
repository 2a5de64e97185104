using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>All the catalogue knows of a track that is about to be played.</summary>
/// <param name="Track">Its metadata.</param>
/// <param name="File">Id of the encoding nearest to what was asked for.</param>
/// <param name="Manifest">That encoding's manifest.</param>
/// <param name="PlaintextHash">What its key is derived from.</param>
/// <param name="Album">Loudness of its album, of the track alone when it belongs to none.</param>
internal sealed record OpenableFile(
    Track Track, byte[] File, byte[] Manifest, byte[] PlaintextHash, AlbumLoudness Album)
{
    /// <summary>That encoding's bitrate, as it was asked for.</summary>
    public required int BitsPerSecond { get; init; }
}
