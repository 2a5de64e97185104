using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Content.Sources;

namespace SpotifyCore.Storage.Vault;

/// <summary>
/// A master node's store of whole files. Chunks are checked against their manifest on every read, so damage on
/// disk is <see cref="ChunkReadResult.NotFound"/>, never wrong bytes. Safe for many threads.
/// </summary>
public interface IVault : IChunkSource, IManifestSource
{
    /// <summary>
    /// Raised once for a file that a read finds damaged, until it is stored again; on the reader's thread, which must
    /// not be kept.
    /// </summary>
    event Action<FileId>? DamageFound;

    /// <summary>
    /// Raised whenever a read or a manifest is asked for of a file that is not in the vault; on the caller's thread,
    /// which must not be kept.
    /// </summary>
    event Action<FileId>? Absent;

    /// <summary>
    /// Raised once when a read, a list or a put finds that the place of all files is gone, as after somebody deleted
    /// it: whatever was held may be lost. On the caller's thread, which must not be kept.
    /// </summary>
    event Action? Lost;

    /// <summary>
    /// True when the file is in the vault and no read found it damaged. Looks at its name alone, for whoever asks about
    /// very many.
    /// </summary>
    bool Contains(FileId file);

    /// <summary>True when the vault holds the file whole, as far as reads have shown.</summary>
    bool Holds(FileId file);

    /// <summary>The files in the vault, damaged ones too, whose ids come after <paramref name="after"/>.</summary>
    ValueTask<FilePage> ListAsync(FileId after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Begins to store a file. Null when the vault already holds it whole.</summary>
    ValueTask<IVaultWriter?> BeginAsync(Manifest manifest, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes a file, durably, if it may still go. From before that is asked until it is decided the vault holds the file
    /// for nobody, and who begins to store it waits: so who was told that it is held, or stored it, and then made its
    /// owner keep it, keeps it.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="mayGo">Asks its owner.</param>
    /// <param name="cancellationToken">Gives up; the file stays.</param>
    /// <returns>Whether it was there, and is deleted.</returns>
    ValueTask<bool> DiscardAsync(
        FileId file, Func<CancellationToken, ValueTask<bool>> mayGo, CancellationToken cancellationToken = default);
}
