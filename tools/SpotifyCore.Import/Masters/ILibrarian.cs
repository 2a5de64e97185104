using SpotifyCore.Content.Sealing;
using SpotifyCore.Contracts;

namespace SpotifyCore.Import.Masters;

/// <summary>The catalogue and keys as an import needs them. Safe for many threads.</summary>
internal interface ILibrarian
{
    /// <summary>The sound of a source, encoded with the same settings; null when it is not known.</summary>
    Task<KnownSound?> FindSourceAsync(FindSourceRequest source, CancellationToken cancellationToken);

    /// <summary>Every source of the catalogue whose location begins so, in order.</summary>
    /// <param name="prefix">What it begins with.</param>
    /// <param name="encoder">
    /// The settings with which those must have been encoded of which the stamps are given; empty for no stamps.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    IAsyncEnumerable<CataloguedSource> ListSourcesAsync(
        string prefix, string encoder, CancellationToken cancellationToken);

    /// <summary>The key of a file, by SHA-256 of its plain bytes.</summary>
    Task<ContentKey> DeriveKeyAsync(ReadOnlyMemory<byte> plaintextHash, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the catalogue show a source as it is; its files are stored, or known. Once it returns that is durable.
    /// </summary>
    Task<AddTrackReply> AddTrackAsync(AddTrackRequest track, CancellationToken cancellationToken);
}
