using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Manifests;
using SpotifyCore.Protocol.Fetching;

namespace SpotifyCore.Import.Masters;

/// <summary>Where sealed files go. Safe for many threads.</summary>
public interface IFileStore
{
    /// <summary>Stores a file; once it returns, every owner has it durably.</summary>
    /// <exception cref="StoreException">An owner did not take it.</exception>
    Task StoreAsync(Manifest manifest, IChunkReader chunks, CancellationToken cancellationToken);

    /// <summary>Asks all owners of a file whether they hold it whole; gives the copies that are not there.</summary>
    Task<IReadOnlyList<MissingCopy>> FindMissingAsync(FileId file, CancellationToken cancellationToken);
}
