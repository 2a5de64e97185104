using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Fetching;

namespace SpotifyCore.Import.Masters;

/// <summary>Where sealed files go. Safe for many threads.</summary>
internal interface IFileStore
{
    /// <summary>Stores a file; once it returns, at least one owner has it durably.</summary>
    /// <returns>The copies that owners out of reach did not take; none when every owner has it durably.</returns>
    /// <exception cref="StoreException">No owner is in reach, or one refused it.</exception>
    Task<IReadOnlyList<MissingCopy>> StoreAsync(
        Manifest manifest, IChunkReader chunks, CancellationToken cancellationToken);

    /// <summary>
    /// Asks all owners of each file whether they hold it whole; gives the copies that are not there. Many files at once
    /// cost much less than each by itself.
    /// </summary>
    Task<IReadOnlyList<MissingCopy>> FindMissingAsync(
        IReadOnlyCollection<FileId> files, CancellationToken cancellationToken);
}
