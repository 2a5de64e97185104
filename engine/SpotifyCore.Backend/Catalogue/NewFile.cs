using SpotifyCore.Content.Manifests;

namespace SpotifyCore.Backend.Catalogue;

/// <summary>One encoding of a track that is to be added.</summary>
/// <param name="Manifest">Its manifest, checked.</param>
/// <param name="PlaintextHash">SHA-256 of the unsealed file, from which its key is derived.</param>
internal sealed record NewFile(Manifest Manifest, byte[] PlaintextHash);
