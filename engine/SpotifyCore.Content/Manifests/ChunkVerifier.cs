namespace SpotifyCore.Content.Manifests;

/// <summary>Checks sealed chunks against their manifest: once, before they are stored, served or decoded.</summary>
public static class ChunkVerifier
{
    /// <summary>
    /// True when <paramref name="sealedChunk"/> is the chunk <paramref name="index"/>, whole and unaltered. Allocates
    /// nothing.
    /// </summary>
    public static bool Matches(Manifest manifest, uint index, ReadOnlySpan<byte> sealedChunk) =>
        index < manifest.ChunkCount
        && sealedChunk.Length == manifest.LengthOf(index)
        && ChunkHash.Of(sealedChunk) == manifest.HashOf(index);
}
