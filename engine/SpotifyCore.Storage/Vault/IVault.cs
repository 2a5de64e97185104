using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;

namespace SpotifyCore.Storage.Vault;

/// <summary>
/// A master node's store of whole files. Chunks are checked against their manifest on every read, so damage on
/// disk is <see cref="ChunkReadResult.NotFound"/>, never wrong bytes. Safe for many threads.
/// </summary>
public interface IVault : IChunkSource, IManifestSource
{
    /// <summary>Begins to store a file. Null when the vault already holds it whole.</summary>
    ValueTask<IVaultWriter?> BeginAsync(Manifest manifest, CancellationToken cancellationToken = default);
}
